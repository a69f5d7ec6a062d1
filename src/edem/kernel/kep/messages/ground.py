"""What a judgement stands on: the trust list, the evidence that could be read, and the present moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeVar

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.crl import RevocationList
from edem.kernel.kep.certificates.names import Name
from edem.kernel.kep.certificates.ocsp_answer import OcspAnswer
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.der import read
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.messages.signed import SignerName

T = TypeVar("T")

MOST_CERTIFICATES: Final = 256
MOST_LISTS: Final = 16
MOST_ANSWERS: Final = 64


@dataclass(frozen=True, kw_only=True)
class Ground:
    trust: TrustList
    now: datetime
    certificates: tuple[Certificate, ...] = ()
    lists: tuple[RevocationList, ...] = ()
    answers: tuple[OcspAnswer, ...] = ()

    def with_more(self, evidence: Evidence) -> "Ground":
        """A piece that cannot be read is no evidence; what is missing then is said by the checks that need it."""
        return replace(
            self,
            certificates=_joined(self.certificates, _readable(evidence.certificates, _certificate), MOST_CERTIFICATES),
            lists=_joined(self.lists, _readable(evidence.crls, RevocationList.parse), MOST_LISTS),
            answers=_joined(self.answers, _readable(evidence.ocsp, OcspAnswer.parse), MOST_ANSWERS),
        )

    def named(self, name: SignerName) -> tuple[Certificate, ...]:
        """Every certificate at hand that the name fits; two of them are somebody's mistake or trick."""
        known = dict.fromkeys((*self.certificates, *self.trust))
        if name.key_id:
            return tuple(each for each in known if each.extensions.subject_key_id == name.key_id)
        issuer = Name.read(read(name.issuer))
        return tuple(each for each in known if each.serial == name.serial and each.issuer.is_same(issuer))


def _joined(known: tuple[T, ...], more: Iterable[T], most: int) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*known, *more)))[:most]


def _readable(pieces: Iterable[bytes], parse: Callable[[bytes], T]) -> list[T]:
    read_ones = []
    for piece in pieces:
        try:
            read_ones.append(parse(piece))
        except Unreadable:
            continue
    return read_ones


@lru_cache(maxsize=256)
def _certificate(source: bytes) -> Certificate:
    """Kept between files: the issuers' certificates come again and again, and a key's point is dear to expand."""
    return Certificate.parse(source)
