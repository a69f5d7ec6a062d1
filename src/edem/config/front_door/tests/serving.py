"""A real granian with the real front door, in a process of its own, over a database of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryFile
from threading import Event
from time import monotonic
from typing import IO
from urllib.parse import quote

import httpx
import psycopg
from django.db import connections
from psycopg import sql

from edem.config.env import ROOT
from edem.config.front_door.tests.tables import ACTS_AND_SUBJECTS
from edem.foundation.communities.models import Community
from edem.services.petitions.actions.signing_grounds import _ground
from edem.services.petitions.queries import charters as charters_of_petitions
from edem.services.reports.queries import charters as charters_of_reports
from tools.ports import free_port

DOOR = "edem.config.front_door.tests.door:application"
DOOR_SETTINGS = "edem.config.front_door.tests.door_settings"


@dataclass(frozen=True, kw_only=True)
class Served:
    port: int
    database: str
    process: subprocess.Popen[bytes]
    said: IO[bytes]

    def story(self) -> str:
        """The end of what the server wrote: a page tells a visitor nothing of a fault."""
        size = os.fstat(self.said.fileno()).st_size
        return os.pread(self.said.fileno(), 20_000, max(0, size - 20_000)).decode(errors="replace")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, **options) -> httpx.Client:
        # Cookies are given by hand: a jar would quietly make a visitor somebody.
        return httpx.Client(base_url=self.address, trust_env=False, timeout=20, **options)

    def worker_pids(self) -> list[int]:
        """The processes that really serve; granian's parent only watches over them."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children]


@contextmanager
def serving(
    database: str,
    *,
    application: str = DOOR,
    settings: str = DOOR_SETTINGS,
    port: int = 0,
    workers: int = 1,
    **environment: str,
) -> Iterator[Served]:
    """Start the front door on a free port, wait until it takes requests, stop it at the end."""
    port = port or free_port()
    with TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface=asgi", f"--port={port}", f"--workers={workers}", "--no-ws", "--backpressure=8192",
             "--backlog=4096", "--workers-kill-timeout=10", application],
            cwd=ROOT,
            env={
                **os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": settings,
                "PYTHONPATH": f"{ROOT}/src:{ROOT}", "EDEM_COUNTING_SECONDS": "0.2",
                "EDEM_ALLOWED_HOSTS": "127.0.0.1,localhost", **environment,
            },
            stdout=said,
            stderr=said,
        )  # fmt: skip
        try:
            if not _answers(port, process):
                said.seek(0)
                raise AssertionError("The front door did not start:\n" + said.read().decode())
            yield Served(port=port, database=database, process=process, said=said)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    """Knock until somebody opens, the process ends or a minute has passed."""
    pause, until = Event(), monotonic() + 60
    while process.poll() is None and monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            pause.wait(0.02)
        else:
            return True
    return False


UNTOUCHED = "untouched"
"""The copy that is made before the first test: what tests commit and leave behind is not in it."""


@contextmanager
def cloned_database(suffix: str) -> Iterator[str]:
    """A copy of the tests' database, as it was before the first test; its rows are really committed. Gone at the end."""
    params = connections["default"].get_connection_params()
    name = params["dbname"]
    target = f"{name}_{suffix}"
    server = f"postgresql://{quote(params['user'])}:{quote(params['password'])}@{params['host']}:{params['port']}"
    connections.close_all()
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
        untouched = f"{name}_{UNTOUCHED}"
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [untouched]).fetchone()
        source = untouched if found and target != untouched else name
        clone = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(clone.format(sql.Identifier(target), sql.Identifier(source)))
        try:
            yield f"{server}/{target}"
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(target)))


@contextmanager
def writing_to(database: str) -> Iterator[None]:
    """Inside, this process's own models are written to that database, and committed."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database.rpartition("/")[2]
    forget_what_was_read()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        forget_what_was_read()


def forget_what_was_read() -> None:
    """What this process remembers by its number is another thing in another database."""
    for remembered in (charters_of_petitions.read_version, charters_of_reports.read_version, _ground):
        remembered.cache_clear()


@contextmanager
def ground_of_the_door() -> Iterator[str]:
    """Two communities and the tables of the test act, committed in a database of their own."""
    with cloned_database(f"door_{token_hex(3)}") as address:  # several may stand at once
        with writing_to(address), connections["default"].cursor() as cursor:
            cursor.execute(ACTS_AND_SUBJECTS)
            for number, slug in enumerate(["misto", "selo"]):
                Community.objects.create(slug=slug, katottg=f"UA0102003004005006{number}", name=slug, is_open=True)
        yield address


@contextmanager
def clean_rows(database: str) -> Iterator[psycopg.Connection]:
    """Twenty subjects that nobody has touched yet."""
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("TRUNCATE door_act, door_subject")
        own.execute("INSERT INTO door_subject (id) SELECT generate_series(1, 20)")
        yield own
