"""Where a server may go by an address from a certificate: outside, never into the networks that it stands in."""

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit, urlunsplit

PORTS: Final = {"http": 80, "https": 443}
LOOK_UP_SECONDS: Final = 2.0
# The system's look-up knows no deadline of its own and may hold its caller for half a minute.
_LOOKING: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="look-up")


class NotAllowedAddress(Exception):
    """The address is not one that may be asked."""


@dataclass(frozen=True)
class Place:
    """An address by number: what was looked up once is what is connected to, whatever the name says later."""

    url: str
    host: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Host": self.host}

    @property
    def extensions(self) -> dict[str, str]:
        """TLS still checks the certificate of the name."""
        return {"sni_hostname": self.host.partition(":")[0]}


def place_of(address: str, *, inner: "list[IPv4Network | IPv6Network]") -> Place:
    """`inner` are networks of ours where it is allowed all the same, for simulators."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise NotAllowedAddress(address)
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError as fault:
        raise NotAllowedAddress(address) from fault
    found = _looked_up(parts.hostname, port)
    is_inner = all(any(each in network for network in inner) for each in found)
    is_outer = all(each.is_global and not each.is_multicast for each in found) and port == PORTS[parts.scheme]
    if not (is_inner or is_outer):
        raise NotAllowedAddress(address)
    chosen = found[0]
    number = f"[{chosen}]" if chosen.version == 6 else str(chosen)  # noqa: PLR2004 - IPv6
    url = urlunsplit((parts.scheme, f"{number}:{port}", parts.path or "/", parts.query, ""))
    return Place(url, parts.netloc)


def _looked_up(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        answers = _LOOKING.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(LOOK_UP_SECONDS)
    except (OSError, UnicodeError, TimeoutError) as fault:
        raise NotAllowedAddress(host) from fault
    numbers = [ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]
    return [getattr(number, "ipv4_mapped", None) or number for number in numbers]
