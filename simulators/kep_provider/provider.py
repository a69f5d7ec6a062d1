"""A provider of trust services: whose certificate it makes, and of what kind."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.subjects import Organisation, Person
from simulators.authority import stand_authority

YEAR = timedelta(days=365)


@dataclass(kw_only=True)
class Provider:
    """One authority under the sandbox's root; `site` is where its answers of OCSP and its lists are asked for."""

    seed: str
    name: str
    site: str
    now: datetime
    _issued: dict[tuple[Person, str], Issued] = field(default_factory=dict)

    @cached_property
    def authority(self) -> Authority:
        return stand_authority(self.seed, name=self.name, site=self.site)

    @cached_property
    def stranger(self) -> Authority:
        """A provider under a root that nobody was told of."""
        root = Authority.root("Чужий корінь", seed=f"{self.seed}|{self.name}|foreign root", site=self.site)
        return root.authority("Чужий надавач", seed=f"{self.seed}|{self.name}|foreign authority")

    @cached_property
    def office(self) -> Issued:
        return self.authority.seal(Organisation(title="ТОВ «Приклад»", edrpou="37485912"), term=self._in_force)

    def card_of(self, person: Person) -> Issued:
        return self._certified(person, "", self.authority, self._in_force)

    def expired_card_of(self, person: Person) -> Issued:
        return self._certified(
            person, "expired", self.authority, Term(begins=self.now - 3 * YEAR, ends=self.now - YEAR)
        )

    def strange_card_of(self, person: Person) -> Issued:
        return self._certified(person, "strange", self.stranger, self._in_force)

    def revoked_card_of(self, person: Person) -> Issued:
        card = self._certified(person, "revoked", self.authority, self._in_force)
        if not any(each.serial == card.certificate.serial for each in self.authority.revoked):
            self.authority.revoke(card.certificate, at=self.now - timedelta(days=7))
        return card

    @property
    def _in_force(self) -> Term:
        return Term(begins=self.now - timedelta(days=60), ends=self.now + 2 * YEAR)

    def _certified(self, person: Person, kind: str, authority: Authority, term: Term) -> Issued:
        key = (person, kind)
        if key not in self._issued:
            self._issued[key] = authority.person(person, term=term, seed=f"{self.seed}|{self.name}|{person!r}|{kind}")
        return self._issued[key]
