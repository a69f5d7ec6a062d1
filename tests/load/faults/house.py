"""The platform as it really runs, by the commands of `./edem serve` and `./edem worker`, over a server of the test's own."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import connections

from edem.config.database import django_database
from edem.config.front_door.tests.serving import Served, forget_what_was_read
from tests.load import ground
from tests.load.faults.servers import children_of, is_alive, kill_at_once
from tests.load.faults.waiting import until
from tests.load.serving import wait_for_port
from tools.demo import processes
from tools.places import ROOT
from tools.ports import free_port

SETTINGS = "tests.load.faults.settings"


class Process(subprocess.Popen[bytes]):
    """A process of the platform whose words are kept; they are shown when its test fails."""

    def __init__(self, command: Sequence[str], surroundings: dict[str, str], journal: BinaryIO):
        super().__init__(command, cwd=ROOT, env=surroundings, stdout=journal, stderr=journal)
        self.journal = journal

    def words(self) -> str:
        size = os.fstat(self.journal.fileno()).st_size
        return os.pread(self.journal.fileno(), size, 0).decode(errors="replace")


@contextmanager
def platform(database: str, *, workers: int = 1, **environment: str) -> Iterator[Served]:
    port = free_port()
    with running(processes.web(host="127.0.0.1", port=port, workers=workers), database, **environment) as process:
        wait_for_port(port, process)
        served = Served(port=port, database=database, process=process, said=process.journal)
        until(lambda: len(served.worker_pids()) >= workers, "every server process has begun")
        yield served


@contextmanager
def a_worker(database: str, **environment: str) -> Iterator[Process]:
    with running(processes.worker(), database, **environment) as process:
        yield process


@contextmanager
def running(command: Sequence[str], database: str, **environment: str) -> Iterator[Process]:
    seen = {
        **os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONPATH": f"{ROOT}/src:{ROOT}", "EDEM_COUNTING_SECONDS": "0.2", **environment,
    }  # fmt: skip
    with TemporaryFile() as journal:
        process = Process(command, seen, journal)
        try:
            yield process
        except BaseException:
            print(process.words()[-8000:])
            raise
        finally:
            _put_away(process)


def _put_away(process: Process) -> None:
    process.terminate()
    try:
        process.wait(timeout=90)
    except subprocess.TimeoutExpired:
        for pid in [*children_of(process.pid), process.pid]:
            kill_at_once(pid)
        raise


def kill_processes(served: Served) -> None:
    """Every process that serves, at once; the parent, which only watches over them, stays."""
    pids = served.worker_pids()
    for pid in pids:
        kill_at_once(pid)
    until(lambda: not any(map(is_alive, pids)), "the killed processes ended")


@contextmanager
def writing_on(database: str) -> Iterator[None]:
    """Inside, this process's own models are written there, and committed, whatever transaction the test is in."""
    before = connections["default"]
    own = before.copy()
    own.settings_dict |= django_database(database) | {"CONN_MAX_AGE": 0}
    connections["default"] = own
    forget_what_was_read()
    try:
        yield
    finally:
        own.close()
        connections["default"] = before
        forget_what_was_read()


def prepared(database: str, *, people: int, petitions: int = 1) -> ground.Ground:
    with writing_on(database):
        return ground.prepare(people=people, petitions=petitions)
