"""A path from a certificate up to a root (RFC 5280 §6), found among whatever certificates are at hand.

The search is bounded: certificates come from whoever made the file, and signatures cost tens of milliseconds each.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.errors import Unreadable

MOST_SIGNATURES: Final = 24
MOST_STEPS: Final = 200
MOST_LENGTH: Final = 8
NOT_FOUND: Final = "path.issuer_not_found"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one certificate of the path."""

    code: str
    certificate: Certificate


@dataclass(frozen=True, kw_only=True)
class Path:
    """The chain from the certificate asked about to the highest that was found, and what is wrong with it."""

    chain: tuple[Certificate, ...]
    is_complete: bool
    """It ends in a root: a self-signed certificate, or one of the trust list."""
    is_trusted: bool
    """It ends in a certificate of the trust list, trusted at that moment."""
    why_incomplete: str = ""
    faults: tuple[Fault, ...] = ()
    """May this one issue others, are all critical extensions known, is the path not too long."""
    out_of_force: tuple[Fault, ...] = ()
    """Which certificates were not in force at the moment."""

    @property
    def holds(self) -> bool:
        return self.is_trusted and not self.faults and not self.out_of_force

    @property
    def issuer(self) -> Certificate | None:
        """Who issued the certificate asked about."""
        if len(self.chain) > 1:
            return self.chain[1]
        return self.chain[0] if self.chain[0].is_self_issued and self.is_complete else None


def find_path(certificate: Certificate, *, others: Iterable[Certificate] = (), trust: TrustList, at: datetime) -> Path:
    """The best path that there is at the moment: a trusted one without faults before any other."""
    incomplete = _judged((certificate,), trust=trust, at=at, why_incomplete=NOT_FOUND)
    search = _Search(tuple(dict.fromkeys(others)), trust, at, best=incomplete)
    search.climb((certificate,))
    best = search.best
    # Why it went no higher is known only when everything has been tried.
    return best if best.is_complete else replace(best, why_incomplete=search.why_incomplete)


@dataclass
class _Search:
    others: tuple[Certificate, ...]
    trust: TrustList
    at: datetime
    best: Path
    why_incomplete: str = NOT_FOUND
    signatures_left: int = MOST_SIGNATURES
    steps_left: int = MOST_STEPS
    known: dict[tuple[Certificate, Certificate], bool] = field(default_factory=dict)

    def climb(self, chain: tuple[Certificate, ...]) -> None:
        """Depth first, anchors before others; stops at the first path that holds, or when its bounds are reached."""
        self.steps_left -= 1
        top = chain[-1]
        if self.trust.is_trusted(top, self.at) or (top.is_self_issued and self.is_issued_by(top, top)):
            self.offer(_judged(chain, trust=self.trust, at=self.at))
            return
        self.offer(_judged(chain, trust=self.trust, at=self.at, why_incomplete=self.why_incomplete))
        if len(chain) == MOST_LENGTH:
            self.why_incomplete = "path.too_long"
            return
        for issuer in self.candidates(chain):
            if self.is_over:
                return
            if self.is_issued_by(top, issuer):
                self.climb((*chain, issuer))

    @property
    def is_over(self) -> bool:
        return self.steps_left <= 0 or self.best.holds

    def offer(self, path: Path) -> None:
        if _worth(path) > _worth(self.best):
            self.best = path

    def candidates(self, chain: tuple[Certificate, ...]) -> list[Certificate]:
        top = chain[-1]
        passed = {(each.subject.raw, each.key_bytes) for each in chain}
        named = [*self.trust.named(top.issuer), *(each for each in self.others if each.subject.is_same(top.issuer))]
        return [
            each
            for each in dict.fromkeys(named)
            if (each.subject.raw, each.key_bytes) not in passed and _key_ids_agree(top, each)
        ]

    def is_issued_by(self, certificate: Certificate, issuer: Certificate) -> bool:
        pair = (certificate, issuer)
        if pair not in self.known:
            if self.signatures_left <= 0:
                self.why_incomplete = "path.too_many_candidates"
                return False
            self.signatures_left -= 1
            self.known[pair] = self.is_signature_good(certificate, issuer)
        return self.known[pair]

    def is_signature_good(self, certificate: Certificate, issuer: Certificate) -> bool:
        try:
            good = certificate.is_signed_with(issuer.public_key)
        except Unreadable as fault:
            self.why_incomplete = fault.code
            return False
        if not good:
            self.why_incomplete = "path.bad_signature"
        return good


def _key_ids_agree(certificate: Certificate, issuer: Certificate) -> bool:
    wanted, has = certificate.extensions.authority_key_id, issuer.extensions.subject_key_id
    return wanted is None or has is None or wanted == has


def _worth(path: Path) -> tuple[bool, bool, bool, int, int]:
    flaws = len(path.faults) + len(path.out_of_force)
    return path.holds, path.is_trusted, path.is_complete, -flaws if path.is_complete else 0, len(path.chain)


def _judged(chain: tuple[Certificate, ...], *, trust: TrustList, at: datetime, why_incomplete: str = "") -> Path:
    return Path(
        chain=chain,
        is_complete=not why_incomplete,
        is_trusted=trust.is_trusted(chain[-1], at),
        why_incomplete=why_incomplete,
        faults=tuple(fault for place, each in enumerate(chain) for fault in _faults(each, below=place, chain=chain)),
        out_of_force=tuple(
            Fault(
                code="certificate.not_yet_in_force" if at < each.valid_from else "certificate.expired", certificate=each
            )
            for each in chain
            if not each.is_in_force(at)
        ),
    )


def _faults(certificate: Certificate, *, below: int, chain: tuple[Certificate, ...]) -> list[Fault]:
    """`below` is how many certificates of the chain stand under this one: the one asked about has none."""
    extensions = certificate.extensions
    # RFC 5280 §4.2.1.9: a path length counts the intermediate authorities that are not self-issued.
    authorities_below = sum(not each.is_self_issued for each in chain[1:below])
    checks = (
        (bool(extensions.unknown_critical), "certificate.unknown_critical_extension"),
        (below > 0 and not extensions.is_authority, "certificate.not_an_authority"),
        (below > 0 and not certificate.allows(KeyUsage.KEY_CERT_SIGN), "certificate.may_not_issue"),
        (
            extensions.path_length is not None and authorities_below > extensions.path_length,
            "certificate.path_too_long",
        ),
    )
    return [Fault(code=code, certificate=certificate) for fails, code in checks if fails]
