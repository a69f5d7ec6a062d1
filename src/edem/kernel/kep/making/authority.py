"""A small certification authority, the same in every run: for fixtures and simulators only, never for real people.

`Authority.root(…)` → `.authority(…)` → `.person(…)`, `.seal(…)`, `.responder()`, `.time_stamper()`; `.revoke(…)`, and
then `revocation.py` writes its lists and OCSP answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.kep import oids
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.making import extension_writing as extensions
from edem.kernel.kep.making import seeds
from edem.kernel.kep.making.certificates import BEGINNING, Signer, Template, Term, key_id_of, signed
from edem.kernel.kep.making.keys import GOST_M257, GOST_M431, KeyKind, PrivateKey, make_key
from edem.kernel.kep.making.subjects import Organisation, Person, Subject

SITE: Final = "http://ca.example.gov.ua"
"""Addresses in certificates; simulators give their own."""


PERSON_TERM: Final = Term()
AUTHORITY_TERM: Final = Term(ends=BEGINNING + timedelta(days=10 * 365))


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A certificate with its private key."""

    certificate: Certificate
    key: PrivateKey


@dataclass(frozen=True, kw_only=True)
class Revoked:
    serial: int
    at: datetime
    reason: Reason


@dataclass(kw_only=True)
class Authority:
    certificate: Certificate
    key: PrivateKey
    above: "Authority | None" = None
    site: str = SITE
    seed: str
    revoked: list[Revoked] = field(default_factory=list)
    issued: int = 0

    @classmethod
    def root(
        cls,
        title: str = "Центральний засвідчувальний орган (для випробувань)",
        *,
        seed: str = "root",
        kind: KeyKind = GOST_M431,
        term: Term = AUTHORITY_TERM,
        site: str = SITE,
    ) -> "Authority":
        key = make_key(kind, seed=seed)
        own_name = Organisation(title=title).named(serial="UA-00000000-2024")
        template = Template(
            name=own_name, public_bytes=key.public_bytes, serial=_serial(seed, 0), term=term, extensions=_issuing(2)
        )
        signer = Signer(name=own_name, key=key, key_id=key_id_of(key.public_bytes))
        return cls(certificate=signed(template, signer), key=key, site=site, seed=seed)

    def authority(
        self,
        title: str = "КНЕДП «Випробування»",
        *,
        edrpou: str = "43395033",
        seed: str = "authority",
        kind: KeyKind = GOST_M257,
        term: Term = AUTHORITY_TERM,
        path_length: int | None = 0,
    ) -> "Authority":
        """An authority under this one."""
        made = self.issue(
            Organisation(title=title, edrpou=edrpou),
            make_key(kind, seed=seed),
            term=term,
            extras=(*_issuing(path_length), extensions.qc_statements(oids.QC_COMPLIANCE, oids.QC_UA_QUALIFIED)),
        )
        return Authority(certificate=made.certificate, key=made.key, above=self, site=self.site, seed=seed)

    def person(
        self,
        person: Person,
        *,
        kind: KeyKind = GOST_M257,
        seed: str | None = None,
        term: Term = PERSON_TERM,
        is_for_agreement: bool = False,
    ) -> Issued:
        """A qualified certificate of a person: to sign with, or to agree on keys for encryption."""
        key = make_key(kind, seed=seed or f"{self.seed}|{person!r}|{is_for_agreement}")
        return self.issue(person, key, term=term, extras=_of_user(is_for_agreement=is_for_agreement))

    def seal(
        self,
        organisation: Organisation,
        *,
        kind: KeyKind = GOST_M257,
        term: Term = PERSON_TERM,
        is_for_agreement: bool = False,
    ) -> Issued:
        """A qualified seal of an organisation, or its certificate for key agreement."""
        key = make_key(kind, seed=f"{self.seed}|{organisation!r}|{is_for_agreement}")
        purpose = b"" if is_for_agreement else extensions.extended_key_usage(oids.EKU_STAMP)
        extras = (*_of_user(is_for_agreement=is_for_agreement), purpose)
        return self.issue(organisation, key, term=term, extras=extras)

    def responder(self, *, kind: KeyKind = GOST_M257, term: Term = AUTHORITY_TERM) -> Issued:
        """Who answers OCSP requests for this authority."""
        return self._service("OCSP", oids.EKU_OCSP_SIGNING, kind=kind, term=term)

    def time_stamper(self, *, kind: KeyKind = GOST_M257, term: Term = AUTHORITY_TERM) -> Issued:
        return self._service("TSP", oids.EKU_TIME_STAMPING, kind=kind, term=term)

    def issue(self, subject: Subject, key: PrivateKey, *, term: Term, extras: Sequence[bytes] = ()) -> Issued:
        """Any certificate: what is special about it is in its extensions."""
        self.issued += 1
        serial = _serial(self.seed, self.issued)
        template = Template(
            # The same in every certificate of this holder, as providers do.
            name=subject.named(serial=f"UA-{seeds.number(repr(subject), below=10**8):08}"),
            public_bytes=key.public_bytes,
            serial=serial,
            term=term,
            extensions=(*extras, subject.attributes, extensions.policy(), *self._addresses()),
        )
        return Issued(certificate=signed(template, self.signer), key=key)

    def revoke(self, certificate: Certificate, *, at: datetime, reason: Reason = Reason.UNSPECIFIED) -> None:
        self.revoked.append(Revoked(serial=certificate.serial, at=at, reason=reason))

    def release(self, certificate: Certificate) -> None:
        """Take a certificate off hold."""
        self.revoked = [each for each in self.revoked if each.serial != certificate.serial]

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """This authority's certificate and those above it, the root last."""
        return (self.certificate, *(self.above.chain if self.above else ()))

    @property
    def trusted_root(self) -> Certificate:
        return self.chain[-1]

    @property
    def signer(self) -> Signer:
        return Signer(name=self.certificate.subject.raw, key=self.key, key_id=key_id_of(self.key.public_bytes))

    @property
    def crl_address(self) -> str:
        return f"{self._list_address}-Full.crl"

    @property
    def delta_crl_address(self) -> str:
        return f"{self._list_address}-Delta.crl"

    @property
    def ocsp_address(self) -> str:
        return f"{self.site}/services/ocsp/"

    @property
    def tsp_address(self) -> str:
        return f"{self.site}/services/tsp/"

    @property
    def _list_address(self) -> str:
        return f"{self.site}/download/crls/CA-{key_id_of(self.key.public_bytes)[:4].hex().upper()}"

    def _service(self, name: str, purpose: str, *, kind: KeyKind, term: Term) -> Issued:
        title = self.certificate.subject.get(oids.ORGANISATION)
        extras = (
            extensions.key_usage(KeyUsage.DIGITAL_SIGNATURE),
            extensions.extended_key_usage(purpose, critical=name == "TSP"),
            extensions.not_an_authority(),
        )
        subject = Organisation(title=title, common_name=f"{name}-сервер {title}")
        return self.issue(subject, make_key(kind, seed=f"{self.seed}|{name}"), term=term, extras=extras)

    def _addresses(self) -> tuple[bytes, ...]:
        return (
            extensions.distribution(self.crl_address),
            extensions.distribution(self.delta_crl_address, oid=oids.FRESHEST_CRL),
            extensions.access(oids.AUTHORITY_ACCESS, [(oids.ACCESS_OCSP, self.ocsp_address)]),
            extensions.access(oids.SUBJECT_ACCESS, [(oids.ACCESS_TSP, self.tsp_address)]),
        )


def _serial(seed: str, place: int) -> int:
    """Twenty octets at most, the first bit nought (RFC 5280 §4.1.2.2)."""
    return seeds.number(f"{seed}|{place}", below=1 << 158)


def _issuing(path_length: int | None) -> tuple[bytes, ...]:
    usage = extensions.key_usage(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)
    return usage, extensions.authority(path_length=path_length)


def _of_user(*, is_for_agreement: bool) -> tuple[bytes, ...]:
    signing = (KeyUsage.DIGITAL_SIGNATURE, KeyUsage.NON_REPUDIATION)
    return (
        extensions.key_usage(*((KeyUsage.KEY_AGREEMENT,) if is_for_agreement else signing)),
        extensions.not_an_authority(),
        extensions.qc_statements(oids.QC_COMPLIANCE, oids.QC_IN_DEVICE, oids.QC_UA_QUALIFIED),
    )
