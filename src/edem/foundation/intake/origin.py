"""A mass act is taken only from our own pages: the browser says where a request comes from."""

from collections.abc import Mapping


def is_from_own_page(headers: Mapping[bytes, bytes], *, scheme: str, host: str) -> bool:
    """Sec-Fetch-Site is set by the browser alone; older browsers send Origin. A request without either is refused."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == b"same-origin"
    origin = headers.get(b"origin")
    return origin is not None and origin.decode("latin-1").lower() == f"{scheme}://{host}".lower()
