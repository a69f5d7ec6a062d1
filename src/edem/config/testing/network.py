"""Tests talk to this machine only: a connection that would leave it fails the test."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES_OF_THIS_MACHINE = {"localhost", "testserver", ""}


def stays_here(address: object) -> bool:
    """Loopback and Unix sockets stay; every other address leaves."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in NAMES_OF_THIS_MACHINE or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(original: Any) -> Any:
    def connect(self: socket.socket, address: object) -> Any:
        if not stays_here(address):
            pytest.fail(f"This test would have reached {address}; tests stay on this machine.")
        return original(self, address)

    return connect


@contextmanager
def only_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        yield
