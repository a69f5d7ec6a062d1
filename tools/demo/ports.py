"""Which ports the demo takes: the one asked for, and near ones for its helpers."""

import socket

from tools.demo.processes import Ports
from tools.stops import Stopped

WEB, MAIL, LETTERS = 8000, 8025, 8026
IDENTITY, BANK, CRYPTO = 8100, 8110, 8120
PHONES, SIGNING, TEXTS, REGISTER = 8130, 8140, 8150, 8160


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def first_free(preferred: int) -> int:
    return next(port for port in range(preferred, 65_536) if is_free(port))


def ports_for(wanted: int) -> Ports:
    if not is_free(wanted):
        raise Stopped(f"Port {wanted} is taken by another program. Try: ./edem demo --port {first_free(wanted + 1)}")
    return Ports(
        web=wanted,
        identity=first_free(IDENTITY),
        bank=first_free(BANK),
        crypto=first_free(CRYPTO),
        phones=first_free(PHONES),
        signing=first_free(SIGNING),
        texts=first_free(TEXTS),
        register=first_free(REGISTER),
        mail=first_free(MAIL),
        letters=first_free(LETTERS),
    )
