"""Signing as a person's program does: the text inside or beside, bare or with what shows that the certificate held."""

from datetime import datetime, timedelta

from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.revocation import Issue, crl
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence
from simulators.kep_provider.provider import Provider

DAY = timedelta(days=1)


def signed(
    content: bytes,
    card: Issued,
    provider: Provider,
    *,
    now: datetime,
    is_detached: bool = False,
    is_long: bool = True,
) -> bytes:
    """`is_long`: certificates and lists of revoked ones travel along (CAdES-LT), and nobody needs to ask anybody."""
    authority = provider.stranger if _is_of(card, provider.stranger) else provider.authority
    evidence = _evidence(authority, now=now) if is_long else NO_EVIDENCE
    hand = Hand(issued=card, at=now, evidence=evidence)
    return signed_message(content, hand, is_detached=is_detached, certificates=[authority.certificate])


def _is_of(card: Issued, authority: Authority) -> bool:
    return card.certificate.issuer.raw == authority.certificate.subject.raw


def _evidence(authority: Authority, *, now: datetime) -> Evidence:
    """The lists of this authority and of those above it."""
    issue = Issue(at=now - timedelta(minutes=5), lasts=DAY)
    lists = tuple(crl(each, issue) for each in _line_of(authority))
    return Evidence(crls=lists, certificates=tuple(one.der for one in authority.chain))


def _line_of(authority: Authority) -> list[Authority]:
    return [authority, *(_line_of(authority.above) if authority.above else [])]
