"""Digests by their names in messages."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from edem.kernel.kep import oids
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.kupyna import kupyna
from edem.kernel.kep.errors import Unreadable

_DIGESTS: Final[dict[str, Callable[[bytes], bytes]]] = {
    oids.GOST34311: gost34311,
    # Some producers name Kupyna without its length: then it is 256 bits.
    oids.KUPYNA: lambda content: kupyna(content, bits=256),
    oids.KUPYNA256: lambda content: kupyna(content, bits=256),
    oids.KUPYNA384: lambda content: kupyna(content, bits=384),
    oids.KUPYNA512: lambda content: kupyna(content, bits=512),
    oids.SHA256: lambda content: hashlib.sha256(content).digest(),
    oids.SHA384: lambda content: hashlib.sha384(content).digest(),
    oids.SHA512: lambda content: hashlib.sha512(content).digest(),
}

LARGE: Final = 64 * 2**10


def is_known(oid: str) -> bool:
    return oid in _DIGESTS


def digest_of(content: bytes, *, oid: str) -> bytes:
    """SHA-1 is no digest to rely on: it is not here."""
    if oid not in _DIGESTS:
        raise Unreadable("digest.unknown", oid=oid)
    return _of_large(content, oid) if len(content) > LARGE else _DIGESTS[oid](content)


@lru_cache(maxsize=2)
def _of_large(content: bytes, oid: str) -> bytes:
    """A megabyte takes seconds by the Ukrainian hashes: many signers of one file do not pay again."""
    return _DIGESTS[oid](content)
