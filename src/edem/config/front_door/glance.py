"""What a request says at a glance: whether it is a visitor's who may be given a page from memory without more reading.

Only what the page's place in memory depends on is looked at. Whoever sends a cookie, a key or a page's tag is read
as carefully as ever.
"""

from typing import Final, NamedTuple

from starlette.types import Scope

_ASKS_FOR_CARE: Final = frozenset({b"cookie", b"authorization", b"if-none-match"})
_LOOKED_AT: Final = _ASKS_FOR_CARE | {b"host", b"x-forwarded-proto", b"accept-encoding"}

Sight = tuple[str, bytes, str, bytes, bytes, str]


class Glance(NamedTuple):
    sight: Sight
    """Scheme, host, path, query; and of a proxy what it says the scheme is, with its own address."""
    packs: bool


def glance_of(scope: Scope) -> Glance | None:
    if scope["method"] != "GET":
        return None
    host = proto = packing = b""
    for name, value in scope["headers"]:
        if name in _LOOKED_AT:
            if name in _ASKS_FOR_CARE:
                return None
            if name == b"host":
                host = value
            elif name == b"accept-encoding":
                packing = value
            else:
                proto = value
    peer = (scope.get("client") or ("",))[0] if proto else ""
    return Glance((scope["scheme"], host, scope["path"], scope["query_string"], proto, peer), b"gzip" in packing)
