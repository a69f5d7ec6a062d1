"""The one table of what runs in the demo, and how `serve` and `worker` run the same parts alone."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time

from tools.places import STATE
from tools.programs import django, python

RESIDENTS = STATE / "residents.json"
"""The sample community's people, written by the seed for the identity sandbox."""
LETTERS = STATE / "mail"
TRUST = STATE / "trust"
STREETS = STATE / "streets.pmtiles"
"""Roots by which the demo believes signatures: those of its own stands."""


REGISTER_CLIENT = "SEVDEIR-TEST/GOV/04060772/EDEM"
REGISTER_SERVICE = "SEVDEIR-TEST/GOV/00032684/REGISTER/GetByFilter"


@dataclass(frozen=True, kw_only=True)
class Ports:
    web: int
    identity: int
    bank: int
    crypto: int
    phones: int
    signing: int
    texts: int
    register: int
    outside: int
    mail: int
    letters: int


@dataclass(frozen=True, kw_only=True)
class Process:
    name: str
    command: Sequence[str]
    port: int | None = None
    """It is ready when this port answers."""
    more: Mapping[str, str] = field(default_factory=dict)


MOST_OPEN = 8_192
"""Requests that one server process holds open: every listener to a live page is one."""


STARTING = 8
"""Seconds that a server process is given to open before the one it replaces stops (SIGHUP renews them one by one)."""


def web(*, host: str, port: int, workers: int = 1, journal: Path | None = None) -> list[str]:
    """The front door: pages, mass acts and live pages on one port."""
    own_words = [f"--log-config={journal}"] if journal else []
    return python(
        "-m", "granian", "--interface", "asgi", f"--host={host}", f"--port={port}", f"--workers={workers}",
        "--no-ws", "--http=1", "--backlog=4096", f"--backpressure={MOST_OPEN}", "--workers-kill-timeout=15", *own_words,
        "--respawn-failed-workers", f"--respawn-interval={STARTING}", "--factory",
        "edem.config.server:application",
    )  # fmt: skip


def worker() -> list[str]:
    return django("work")


def identity_sandbox(port: int, secrets: Mapping[str, str], people: Path = RESIDENTS) -> list[str]:
    secret = secrets["EDEM_ID_GOV_UA_CLIENT_SECRET"]
    return [*_stand("id_gov_ua", port, secrets, people), "--client-id=edem-demo", f"--client-secret={secret}"]


def bank_sandbox(port: int, secrets: Mapping[str, str], people: Path = RESIDENTS) -> list[str]:
    secret = secrets["EDEM_BANK_ID_CLIENT_SECRET"]
    return [*_stand("bank_id", port, secrets, people), "--client-id=edem-demo", f"--client-secret={secret}"]


def phones_sandbox(port: int, secrets: Mapping[str, str], people: Path = RESIDENTS) -> list[str]:
    """The operator of MobileID, with its subscribers' phones on a page."""
    who = ["--ap-id=edem-demo", f"--ap-password={secrets['EDEM_MOBILE_ID_AP_PASSWORD']}"]
    return [*_signing_stand("mobile_id", port, secrets, people), *who]


def signing_sandbox(port: int, secrets: Mapping[str, str], people: Path = RESIDENTS) -> list[str]:
    """The signing widget, and a program that signs files."""
    return _signing_stand("signing_widget", port, secrets, people)


def _signing_stand(name: str, port: int, secrets: Mapping[str, str], people: Path) -> list[str]:
    known = [f"--people={people}"] if people.exists() else []
    seed = secrets["EDEM_SANDBOX_SEED"]
    return python("-m", f"simulators.{name}", f"--port={port}", f"--seed={seed}", *known)


def crypto_service(port: int, secrets: Mapping[str, str]) -> list[str]:
    """Holds the installation's decryption key, as in production: the platform never sees it."""
    seed, token = secrets["EDEM_SANDBOX_SEED"], secrets["EDEM_CRYPTO_SERVICE_TOKEN"]
    return python("-m", "simulators.crypto_service", f"--seed={seed}", "serve", f"--port={port}", f"--token={token}")


def sandbox_root(secrets: Mapping[str, str]) -> list[str]:
    return python("-m", "simulators.authority", f"--seed={secrets['EDEM_SANDBOX_SEED']}", f"--into={TRUST}")


def _stand(name: str, port: int, secrets: Mapping[str, str], people: Path) -> list[str]:
    known = [f"--people={people}"] if people.exists() else []
    return python(
        "-m", f"simulators.{name}", f"--port={port}", f"--seed={secrets['EDEM_SANDBOX_SEED']}",
        "--redirect-host=localhost", "--redirect-host=127.0.0.1", *known,
    )  # fmt: skip


def mailbox(ports: Ports) -> list[str]:
    return python(
        "-m", "simulators.mailbox", f"--smtp-port={ports.mail}", f"--port={ports.letters}", f"--folder={LETTERS}"
    )  # fmt: skip


def texts_gateway(port: int, secrets: Mapping[str, str]) -> list[str]:
    """The gateway of SMS: sends nothing, shows what it was given."""
    return python("-m", "simulators.sms", f"--port={port}", f"--key={secrets['EDEM_SMS_KEY']}")


def register_sandbox(port: int, people: Path = RESIDENTS) -> list[str]:
    """A security server of «Трембіта» with the register of residents behind it."""
    known = [f"--people={people}"] if people.exists() else []
    who = (f"--client={REGISTER_CLIENT}", f"--service={REGISTER_SERVICE}")
    return python("-m", "simulators.trembita", f"--port={port}", *who, *known)


def outside_server(port: int, secrets: Mapping[str, str]) -> list[str]:
    """The power company's own Open311 server. It forgets overnight, so its numbers begin anew with each start."""
    named = f"--prefix=EN{time():.0f}"
    return python("-m", "simulators.open311_receiver", f"--port={port}", f"--key={secrets['EDEM_OUTSIDE_KEY']}", named)


def outside_address(port: int) -> str:
    return f"http://127.0.0.1:{port}/v2"


def demo_processes(ports: Ports, environment: Mapping[str, str]) -> list[Process]:
    return [
        Process(name="identity", command=identity_sandbox(ports.identity, environment), port=ports.identity),
        Process(name="bank", command=bank_sandbox(ports.bank, environment), port=ports.bank),
        Process(name="crypto", command=crypto_service(ports.crypto, environment), port=ports.crypto),
        Process(name="phones", command=phones_sandbox(ports.phones, environment), port=ports.phones),
        Process(name="signing", command=signing_sandbox(ports.signing, environment), port=ports.signing),
        Process(name="register", command=register_sandbox(ports.register), port=ports.register),
        Process(name="outside", command=outside_server(ports.outside, environment), port=ports.outside),
        Process(name="texts", command=texts_gateway(ports.texts, environment), port=ports.texts),
        Process(name="mailbox", command=mailbox(ports), port=ports.letters),
        Process(name="worker", command=worker()),
        Process(name="web", command=web(host="127.0.0.1", port=ports.web, workers=web_workers()), port=ports.web),
    ]


def web_workers() -> int:
    """Two, so that nothing in the demo may lean on the memory of one process."""
    return min(2, os.cpu_count() or 1)
