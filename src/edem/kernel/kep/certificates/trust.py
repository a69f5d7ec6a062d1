"""The trust list: certificates that the operator believes without further proof, each perhaps for a time only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from edem.kernel.kep.certificates.bundle import certificates_in
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.names import Name


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """A trusted root, or any certificate that the operator has chosen to begin from."""

    certificate: Certificate
    trusted_from: datetime | None = None
    trusted_until: datetime | None = None

    def is_trusted(self, at: datetime) -> bool:
        begun = self.trusted_from is None or self.trusted_from <= at
        return begun and (self.trusted_until is None or at < self.trusted_until)


@dataclass(frozen=True)
class TrustList:
    anchors: tuple[Anchor, ...] = ()

    @classmethod
    def of(cls, certificates: Iterable[Certificate]) -> "TrustList":
        return cls(tuple(Anchor(certificate=each) for each in dict.fromkeys(certificates)))

    @classmethod
    def read(cls, files: Iterable[bytes]) -> "TrustList":
        """From files of DER or PEM certificates, or of .p7b bundles; one that cannot be read is Unreadable."""
        return cls.of(certificate for file in files for certificate in certificates_in(file))

    def __len__(self) -> int:
        return len(self.anchors)

    def __iter__(self) -> Iterator[Certificate]:
        return (anchor.certificate for anchor in self.anchors)

    def is_trusted(self, certificate: Certificate, at: datetime) -> bool:
        """Whether it is one of the list, at a moment when it was trusted."""
        anchor = self._by_certificate.get(certificate)
        return anchor is not None and anchor.is_trusted(at)

    def named(self, name: Name) -> tuple[Certificate, ...]:
        """Anchors whose subject has this name."""
        return tuple(each for each in self if each.subject.is_same(name))

    @cached_property
    def _by_certificate(self) -> dict[Certificate, Anchor]:
        return {anchor.certificate: anchor for anchor in self.anchors}
