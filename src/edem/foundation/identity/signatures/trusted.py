"""The folder of certificates that the operator trusts (EDEM_TRUST_DIR). Nothing here needs Django."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from edem.kernel.kep.certificates.bundle import certificates_in
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.errors import Unreadable

ENDINGS: Final = frozenset({".cer", ".crt", ".der", ".pem", ".p7b"})


@dataclass(frozen=True, kw_only=True)
class Trusted:
    anchors: tuple[bytes, ...] = ()
    """DER of authorities: a path that reaches one of them is trusted."""
    others: tuple[bytes, ...] = ()
    """DER of what lies beside them, such as time-stamping servers: found here, trusted only by their own path."""
    unreadable: tuple[str, ...] = ()
    """Names of files that hold no certificate."""

    @property
    def trust(self) -> TrustList:
        return trust_of(self.anchors)


NOBODY: Final = Trusted()


def trusted_in(folder: Path | None) -> Trusted:
    """Read again as soon as a file of the folder has changed: no restart is needed."""
    if folder is None:
        return NOBODY
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
    return _read(tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=8)
def trust_of(anchors: tuple[bytes, ...]) -> TrustList:
    return TrustList.read(anchors)


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[Path, int], ...]) -> Trusted:
    certificates: list[Certificate] = []
    unreadable = []
    for file, _changed_at in files:
        try:
            certificates += certificates_in(file.read_bytes())
        except Unreadable:
            unreadable.append(file.name)
    return Trusted(
        anchors=tuple(each.der for each in certificates if each.extensions.is_authority or each.is_self_issued),
        others=tuple(each.der for each in certificates if not (each.extensions.is_authority or each.is_self_issued)),
        unreadable=tuple(unreadable),
    )
