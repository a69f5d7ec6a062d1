"""Ports of this machine: which are free. A moment later another program may have one, so it is taken at once."""

import os
import socket
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from random import SystemRandom

LOOPBACK = "127.0.0.1"
LOWEST = 10_081
"""Browsers open no page on 10080."""
_APART = 8
OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """One that the system gives to no outgoing connection: a server that stops finds its port free when it starts."""
    return next(port for port in untold() if is_free(port))


@cache
def untold() -> Iterator[int]:
    """A port is told once in a process: whoever asks for three does so before anybody listens on the first.

    Two test processes, begun one after the other, have no port in common: both look and start servers all the time.
    """
    ports = range(LOWEST + os.getpid() % _APART, max(LOWEST + 10_000, first_outgoing()), _APART)
    return iter(SystemRandom().sample(ports, k=len(ports)))


def first_outgoing() -> int:
    """Linux' usual bound where the system does not tell its own."""
    return int(OUTGOING.read_text().split()[0]) if OUTGOING.exists() else 32_768


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def first_free(preferred: int, *, but: Collection[int] = ()) -> int:
    return next(port for port in range(preferred, 65_536) if port not in but and is_free(port))
