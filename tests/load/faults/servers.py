"""PostgreSQL servers of a test's own, from the embedded binaries: to be killed, filled up, locked and promoted."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo

from tests.load.faults.waiting import PATIENCE, until
from tools.places import ROOT
from tools.ports import free_port
from tools.postgres.account import account_for
from tools.postgres.home import Home, home_of, made_private
from tools.postgres.server import DATABASE, OWNER, make_cluster, run

SMALL = """
max_connections = 80
shared_buffers = 16MB
min_wal_size = 32MB
max_wal_size = 128MB
wal_level = replica
"""


@dataclass(frozen=True, kw_only=True)
class Server:
    home: Home
    port: int

    @property
    def address(self) -> str:
        return f"postgresql://{OWNER}:{self.secret}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def secret(self) -> str:
        return self.home.secret.read_text()

    @property
    def main(self) -> int | None:
        """The process that the others are children of; a stopped server has none, a killed one has left its number."""
        lock = self.home.cluster / "postmaster.pid"
        return int(lock.read_text().split()[0]) if lock.exists() else None

    def start(self) -> None:
        # PostgreSQL takes a killed one that nobody has asked after yet for a living one, and would not start beside it.
        until(lambda: self.main is None or not Path(f"/proc/{self.main}").exists(), "somebody has asked after it")
        run(
            self.home, "pg_ctl", "start", "--wait", "--silent", f"--pgdata={self.home.cluster}",
            f"--log={self.home.journal}", f"--options=-p {self.port}", f"--timeout={PATIENCE:.0f}",
        )  # fmt: skip

    def stop(self) -> None:
        run(self.home, "pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={self.home.cluster}")

    def kill(self) -> None:
        """As a power cut does it: every process at once, without a word to anybody."""
        main = self.main
        assert main is not None
        os.kill(main, signal.SIGSTOP)  # a child made after the look would outlive it, and hold its memory
        others = children_of(main)
        for pid in (main, *others):
            kill_at_once(pid)
        until(lambda: not any(map(is_alive, (main, *others))), "the killed server ended")

    def promote(self) -> None:
        run(self.home, "pg_ctl", "promote", "--wait", f"--pgdata={self.home.cluster}")

    @contextmanager
    def asked(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.address, autocommit=True) as own:
            yield own

    def set(self, **settings: str) -> None:
        with self.asked() as own:
            for name, value in settings.items():
                own.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            own.execute("SELECT pg_reload_conf()")


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill_at_once(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    """One that has ended and that nobody has asked after yet is not alive."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


@contextmanager
def a_place() -> Iterator[Home]:
    """A private folder where the servers' account may walk; whatever runs in it ends with it."""
    around = home_of(account_for(ROOT))
    folder = made_private(around.folder / f"trial-{token_hex(4)}", around.account)
    try:
        yield replace(around, folder=folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(home: Home) -> Iterator[Server]:
    """A new server with the platform's tables; stopped at the end, however the test left it."""
    make_cluster(home)
    _journal_aside(home)
    with (home.cluster / "postgresql.conf").open("a") as settings:
        settings.write(SMALL)
    server = Server(home=home, port=free_port())
    try:
        server.start()
        _copy_tables(server)
        yield server
    finally:
        put_away(server)


def _journal_aside(home: Home) -> None:
    """The write-ahead log beside the tables, as an operator keeps it on a disk of its own."""
    inside, aside = home.cluster / "pg_wal", home.folder / "wal"
    shutil.copytree(inside, aside)
    for path in (aside, *aside.rglob("*")):
        home.account.own(path)
    shutil.rmtree(inside)
    inside.symlink_to(aside)


def put_away(server: Server) -> None:
    if server.main is not None and is_alive(server.main):
        server.kill()


@contextmanager
def own_server() -> Iterator[Server]:
    with a_place() as home, running(home) as server:
        yield server


@contextmanager
def standby_of(primary: Server) -> Iterator[Server]:
    """A streaming standby, made with PostgreSQL's own means; the primary waits for it at each commit."""
    with a_place() as home:
        home.secret.write_text(primary.secret)
        home.account.own(home.secret)
        run(
            home, "pg_basebackup", f"--pgdata={home.cluster}", "--write-recovery-conf", "--checkpoint=fast",
            f"--dbname=host=127.0.0.1 port={primary.port} user={OWNER} application_name=standby",
            PGPASSWORD=primary.secret,
        )  # fmt: skip
        standby = Server(home=home, port=free_port())
        try:
            standby.start()
            primary.set(synchronous_standby_names="standby")
            until(lambda: is_followed(primary), "the standby follows")
            yield standby
        finally:
            put_away(standby)


def both_of(primary: Server, standby: Server) -> str:
    """One address of both, as an operator writes it."""
    return primary.address.replace(f":{primary.port}/", f":{primary.port},127.0.0.1:{standby.port}/")


def is_followed(primary: Server) -> bool:
    with primary.asked() as own:
        return own.execute("SELECT sync_state FROM pg_stat_replication").fetchall() == [("sync",)]


def _copy_tables(server: Server) -> None:
    """From the tests' own database: migrated once, copied in a second."""
    tests = connections["default"].get_connection_params()
    source = make_conninfo("", **{name: tests[name] for name in ("host", "port", "user", "password", "dbname")})
    dump = _told(server.home, "pg_dump", "--no-owner", f"--dbname={source}")
    run(server.home, "createdb", "--host=127.0.0.1", f"--port={server.port}", f"--username={OWNER}", DATABASE,
        PGPASSWORD=server.secret)  # fmt: skip
    _told(server.home, "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={server.address}", said=dump)


def _told(home: Home, program: str, *arguments: str, said: bytes = b"") -> bytes:
    command: Sequence[str] = [str(home.programs / program), *arguments]
    return subprocess.run(command, input=said, capture_output=True, check=True).stdout
