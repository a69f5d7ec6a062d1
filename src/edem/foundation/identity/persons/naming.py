"""The name on the account: a later certificate brings a new surname, a document at the desk takes two officers."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.identity import vault
from edem.foundation.identity.claims import Claims, Method
from edem.foundation.identity.evidence import check_evidence
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.models import FormerName, Proposal
from edem.foundation.identity.proposals.desk import check_is_ours, check_may_decide, locked
from edem.foundation.identity.proposals.proposing import put_forward, terms_of
from edem.foundation.identity.sealing import seal, unseal
from edem.foundation.identity.two_officers import Matter
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import normalise, sort_key

_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class FullName:
    last_name: str
    given_name: str
    middle_name: str = ""

    @property
    def shown(self) -> str:
        return " ".join(filter(None, (self.last_name, self.given_name, self.middle_name)))

    def tidy(self) -> "FullName":
        return FullName(**{part: normalise(value).strip() for part, value in asdict(self).items()})


@transaction.atomic(durable=True)
def propose_new_name(
    person_id: uuid.UUID, name: FullName, *, community_id: int, evidence: str, by: Person, now: datetime
) -> Proposal:
    """A clerk has seen the document about the change; another one looks again before it takes effect."""
    person = locked(person_id)
    name = name.tidy()

    check_may_decide(by, community_id)
    check_is_ours([person], community_id, now=now)
    check_evidence(evidence)
    if not (name.last_name and name.given_name) or len(name.shown) > _LONGEST or name.shown == person.display_name:
        raise Invalid("identity.name_unchanged")

    asked: dict[str, Any] = {"community_id": community_id, "reason": evidence, "by": by, "now": now}
    proposal = put_forward(Matter.SURNAME, person, terms=asdict(name), **asked)
    record_staff_act(by, "identity.propose_name", community_id=community_id, subject=proposal, now=now)
    return proposal


def rename_by_document(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """What a confirmed proposal does."""
    person, name = locked(proposal.person_id), FullName(**terms_of(proposal))
    change_name(person, name.shown, source=FormerName.Source.DOCUMENT, now=now)
    if vault.holds(person):
        vault.store(person, Claims(method=Method.CNAP_SLIP, **asdict(name)), now=now)
    record_staff_act(by, "identity.change_name", community_id=proposal.community_id, subject=person, now=now)


def named_by(person: Person, claims: Claims, *, now: datetime) -> Claims:
    """The claims with the name that holds: a certificate older than the document does not bring the old name back."""
    if claims.display_name == person.display_name:
        return claims
    if not vault.holds(person):
        return _named(person, claims)  # back after a withdrawn consent: what stood there was no name
    by_document = FormerName.objects.filter(person=person, source=FormerName.Source.DOCUMENT)
    if claims.display_name in {opened(each) for each in by_document.order_by("-changed_at", "-pk")}:
        return replace(claims, last_name="", given_name="", middle_name="")
    change_name(person, claims.display_name, source=FormerName.Source.SIGN_IN, now=now)
    return claims


def _named(person: Person, claims: Claims) -> Claims:
    person.display_name, person.name_key = claims.display_name, sort_key(claims.display_name)
    person.save(update_fields=["display_name", "name_key"])
    return claims


def change_name(person: Person, name: str, *, source: FormerName.Source, now: datetime) -> None:
    """Keep the former name sealed; where it was published already, it stays as it was given then."""
    former = FormerName(person=person, source=source, changed_at=now)
    former.sealed = seal(person.display_name.encode(), place=_place(former), ring=vault_keys())
    former.save(force_insert=True)
    person.display_name, person.name_key = name, sort_key(name)
    person.save(update_fields=["display_name", "name_key"])


def former_names_of(person: Person) -> list[tuple[str, datetime]]:
    """For the owner alone: each name and when another came in its place."""
    rows = FormerName.objects.filter(person=person).order_by("-changed_at", "-pk")
    return [(opened(each), each.changed_at) for each in rows]


def opened(former: FormerName) -> str:
    return unseal(bytes(former.sealed), place=_place(former), ring=vault_keys()).decode()


def _place(former: FormerName) -> str:
    return f"identity_formername.sealed.{former.pk}"
