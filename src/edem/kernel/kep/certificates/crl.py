"""Revocation lists (RFC 5280 §5), full and delta: read, then asked about one certificate at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.extensions import KeyUsage, extension_nodes
from edem.kernel.kep.certificates.list_scope import EVERYTHING, Scope
from edem.kernel.kep.certificates.names import Name
from edem.kernel.kep.certificates.signed import Signed
from edem.kernel.kep.certificates.status import Reason, Status, judged, unsaid
from edem.kernel.kep.der import Fields, Node, Tag
from edem.kernel.kep.errors import Unreadable

MOST_BYTES: Final = 64 * 2**20
CLOCK_SKEW: Final = timedelta(minutes=5)

UNDERSTOOD: Final = frozenset(
    {
        oids.CRL_NUMBER,
        oids.DELTA_CRL_INDICATOR,
        oids.ISSUING_DISTRIBUTION_POINT,
        oids.AUTHORITY_KEY_ID,
        oids.FRESHEST_CRL,
        oids.ISSUER_ALT_NAME,
    }
)
UNDERSTOOD_IN_ENTRY: Final = frozenset({oids.CRL_REASON, oids.INVALIDITY_DATE})


@dataclass(frozen=True, kw_only=True)
class Entry:
    serial: int
    revoked_at: datetime
    reason: Reason | None


@dataclass(frozen=True, kw_only=True, eq=False)
class RevocationList(Signed):
    issuer: Name
    said_at: datetime
    next_at: datetime | None
    number: int | None
    base_number: int | None
    """Of a delta: the number of the full list that it adds to."""
    authority_key_id: bytes | None
    scope: Scope
    unknown_critical: tuple[str, ...]
    entries: Node | None

    @classmethod
    def parse(cls, source: bytes | memoryview) -> "RevocationList":
        whole = der.read(source, most=MOST_BYTES)
        fields = whole.sequence()
        signed_part, algorithm, signature = fields.next(), Algorithm.read(fields.next()), fields.next().bits()
        fields.finish()
        body = signed_part.sequence()
        version = body.optional(Tag.INTEGER)
        if version is not None and version.integer() != 1:
            raise Unreadable("crl.unknown_version", version=version.integer())
        if Algorithm.read(body.next()) != algorithm:
            raise Unreadable("crl.two_algorithms")
        issuer, said_at = Name.read(body.next()), body.next().time()
        next_at = body.optional(Tag.UTC_TIME, Tag.GENERALIZED_TIME)
        entries = body.optional(Tag.SEQUENCE)
        found, critical = _extensions(body)
        return cls(
            der=whole.raw,
            signed_part=signed_part.raw,
            issuer=issuer,
            said_at=said_at,
            next_at=next_at.time() if next_at else None,
            number=_number(found, oids.CRL_NUMBER),
            base_number=_number(found, oids.DELTA_CRL_INDICATOR),
            authority_key_id=_key_id(found.get(oids.AUTHORITY_KEY_ID)),
            scope=Scope.read(found[oids.ISSUING_DISTRIBUTION_POINT])
            if oids.ISSUING_DISTRIBUTION_POINT in found
            else EVERYTHING,
            unknown_critical=tuple(sorted(critical - UNDERSTOOD)),
            entries=entries,
            signature_algorithm=algorithm,
            signature=signature,
        )

    @property
    def is_delta(self) -> bool:
        return self.base_number is not None

    def entry_of(self, serial: int) -> Entry | None:
        """The list's last word on the serial number."""
        # Lists hold hundreds of thousands of entries: one without these bytes anywhere has nothing to walk through.
        if self.entries is None or write.integer(serial) not in bytes(self.entries.view):
            return None
        found = [entry for entry in self.entries.sequence() if _serial(entry) == serial]
        return _entry(found[-1]) if found else None


def _extensions(body: Fields) -> tuple[dict[str, Node], frozenset[str]]:
    extensions = body.explicit(0)
    body.finish()
    return extension_nodes(extensions)


def _number(found: Mapping[str, Node], oid: str) -> int | None:
    return found[oid].integer() if oid in found else None


def _key_id(node: Node | None) -> bytes | None:
    key_id = node.sequence().tagged(0) if node else None
    return key_id.body if key_id else None


def _serial(node: Node) -> int:
    return node.sequence().next().integer()


def _entry(node: Node) -> Entry:
    fields = node.sequence()
    serial, revoked_at = fields.next().integer(), fields.next().time()
    found, critical = extension_nodes(fields.optional(Tag.SEQUENCE))
    fields.finish()
    if critical - UNDERSTOOD_IN_ENTRY:
        raise Unreadable("crl.unknown_critical", extensions=sorted(critical - UNDERSTOOD_IN_ENTRY))
    reason = found.get(oids.CRL_REASON)
    return Entry(serial=serial, revoked_at=revoked_at, reason=Reason.read(reason.enumerated()) if reason else None)


def status_by_list(
    certificate: Certificate,
    *,
    issuer: Certificate,
    full: RevocationList,
    delta: RevocationList | None = None,
    at: datetime,
    now: datetime,
) -> Status:
    """Whether the lists say that it was revoked by the moment; a delta that does not fit is passed over."""
    if why := why_unusable(full, certificate=certificate, issuer=issuer, at=at, now=now):
        return unsaid(why)
    if full.is_delta:
        return unsaid("crl.delta_without_full")
    said_at, entry = full.said_at, full.entry_of(certificate.serial)
    if delta is not None and _fits(delta, full) and not _why_not_by(delta, certificate, issuer, at, now):
        changed = delta.entry_of(certificate.serial)
        said_at, entry = delta.said_at, changed or entry
    if entry is None or entry.reason is Reason.REMOVED_FROM_LIST:
        return judged(at=at, revoked_at=None, reason=None, said_at=said_at)
    return judged(at=at, revoked_at=entry.revoked_at, reason=entry.reason, said_at=said_at)


def why_unusable(
    listed: RevocationList, *, certificate: Certificate, issuer: Certificate, at: datetime, now: datetime
) -> str:
    """Why the list says nothing of the certificate at the moment; empty when it does."""
    return _why_not_by(listed, certificate, issuer, at, now)


def _why_not_by(
    listed: RevocationList, certificate: Certificate, issuer: Certificate, at: datetime, now: datetime
) -> str:
    checks = (
        (not listed.issuer.is_same(certificate.issuer), "crl.other_issuer"),
        (_is_of_another_key(listed, issuer), "crl.other_key"),
        (bool(listed.unknown_critical), "crl.unknown_critical"),
        (not listed.scope.covers(certificate), "crl.other_scope"),
        (listed.said_at > now + CLOCK_SKEW, "crl.from_the_future"),
        (is_stale(listed, at=at), "crl.stale"),
        (not issuer.allows(KeyUsage.CRL_SIGN), "crl.issuer_may_not_sign"),
    )
    return next((why for fails, why in checks if fails), "") or _why_not_signed(listed, issuer)


def is_stale(listed: RevocationList, *, at: datetime) -> bool:
    """A list speaks of moments before it was made, and of those until the next one was due."""
    return at > max(listed.said_at, listed.next_at or listed.said_at)


def _is_of_another_key(listed: RevocationList, issuer: Certificate) -> bool:
    key_id = issuer.extensions.subject_key_id
    return None not in (key_id, listed.authority_key_id) and key_id != listed.authority_key_id


def _why_not_signed(listed: RevocationList, issuer: Certificate) -> str:
    try:
        return "" if listed.is_signed_with(issuer.public_key) else "crl.bad_signature"
    except Unreadable as fault:
        return fault.code


def _fits(delta: RevocationList, full: RevocationList) -> bool:
    """RFC 5280 §5.2.4: the same issuer and scope, its base within the full list, and not older than it."""
    return (
        delta.base_number is not None
        and full.number is not None
        and delta.number is not None
        and delta.base_number <= full.number <= delta.number
        and delta.issuer.is_same(full.issuer)
        and delta.scope == full.scope
        and delta.authority_key_id == full.authority_key_id
    )
