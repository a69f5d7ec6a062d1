"""Signatures of providers that were checked before in this process: an authority's certificate, a list of megabytes.

Pure Python hashes a kilobyte in milliseconds: a list is checked once, not for each signer that it is asked about.
"""

from collections.abc import Callable
from typing import Final

from edem.kernel.kep.certificates.public_key import PublicKey

MOST: Final = 1024
_known: dict[tuple[bytes, str, bytes], bool] = {}


def remembered(fingerprint: bytes, key: PublicKey, check: Callable[[], bool]) -> bool:
    """What `check` says of the thing with this fingerprint and this key; asked at most once while remembered."""
    place = (fingerprint, key.description, key.bits)
    answer = _known.get(place)
    if answer is None:
        answer = check()
        if len(_known) >= MOST:
            _known.clear()
        _known[place] = answer
    return answer
