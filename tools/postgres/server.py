"""Make, start and stop the cluster. Loopback only, passwords by scram, one server for one clone."""

import fcntl
import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.places import ROOT, STATE, made_state
from tools.ports import free_port, is_free
from tools.postgres.account import account_for
from tools.postgres.home import Home, home_of
from tools.progress import step
from tools.stops import Stopped, last_lines_of

OWNER = "edem"
DATABASE = "edem"
ADDRESS = STATE / "database_url"

SETTINGS = """
# Written by the launcher; the port is given when the server starts.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 128MB
max_wal_size = 1GB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""


def start() -> str:
    """The address of a running server; the cluster is made the first time."""
    with one_at_a_time():
        home = home_of(account_for(ROOT))
        if not (home.cluster / "PG_VERSION").exists():
            with step("Making the PostgreSQL cluster"):
                make_cluster(home)
        if not answers(home):
            with step("Starting PostgreSQL"):
                launch(home)
        return written_address(home)


def stop() -> bool:
    """Stop the server; false when it was not running."""
    with one_at_a_time():
        home = home_of(account_for(ROOT))
        if not answers(home):
            return False
        run(home, "pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={home.cluster}")
        return True


def empty() -> None:
    """Throw the database away and make it again; the cluster, its port and its password stay."""
    start()
    home = home_of(account_for(ROOT))
    psql(home, f"DROP DATABASE {DATABASE} WITH (FORCE)")
    make_database(home)


def is_running() -> bool:
    return answers(home_of(account_for(ROOT)))


def address() -> str:
    known = address_if_known()
    if known is None:
        raise Stopped("PostgreSQL is not running. Start it with: ./edem postgres start")
    return known


def address_if_known() -> str | None:
    return ADDRESS.read_text().strip() if ADDRESS.exists() else None


def programs() -> Path:
    """The folder with psql, pgbench and pg_basebackup."""
    return home_of(account_for(ROOT)).programs


def make_cluster(home: Home) -> None:
    write_secret(home)
    run(
        home, "initdb", f"--pgdata={home.cluster}", f"--username={OWNER}", f"--pwfile={home.secret}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8", "--no-instructions",
    )  # fmt: skip
    with (home.cluster / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS)
    home.port.write_text(str(free_port()))


def write_secret(home: Home) -> None:
    home.secret.touch(mode=0o600)
    home.secret.write_text(secrets.token_urlsafe(24))
    home.account.own(home.secret)


def launch(home: Home) -> None:
    """Start on the port used before, or on another one when somebody took it meanwhile."""
    if not is_free(int(home.port.read_text())):
        home.port.write_text(str(free_port()))
    options = f"-p {home.port.read_text()}"
    run(
        home, "pg_ctl", "start", "--wait", "--silent", f"--pgdata={home.cluster}",
        f"--log={home.journal}", f"--options={options}",
    )  # fmt: skip
    make_database(home)


def make_database(home: Home) -> None:
    if DATABASE not in psql(home, "SELECT datname FROM pg_database").splitlines():
        psql(home, f"CREATE DATABASE {DATABASE}")


def psql(home: Home, statement: str) -> str:
    return run(
        home, "psql", "--no-psqlrc", "--tuples-only", "--no-align", "--host=127.0.0.1",
        f"--port={home.port.read_text()}", f"--username={OWNER}", "--dbname=postgres", f"--command={statement}",
        PGPASSWORD=home.secret.read_text(),
    ).strip()  # fmt: skip


def answers(home: Home) -> bool:
    if not (home.cluster / "postmaster.pid").exists():
        return False
    status = call(home, "pg_ctl", "status", f"--pgdata={home.cluster}")
    return status.returncode == 0


def written_address(home: Home) -> str:
    url = f"postgresql://{OWNER}:{home.secret.read_text()}@127.0.0.1:{home.port.read_text()}/{DATABASE}"
    if not ADDRESS.exists() or ADDRESS.read_text() != url:
        ADDRESS.touch(mode=0o600)
        ADDRESS.write_text(url)
    return url


def run(home: Home, program: str, *arguments: str, **environment: str) -> str:
    done = call(home, program, *arguments, **environment)
    if done.returncode != 0:
        journal = home.journal.read_text(errors="replace") if home.journal.exists() else ""
        raise Stopped(
            f"PostgreSQL's {program} failed; its last lines are above. The journal is {home.journal}.",
            last_lines=last_lines_of(done.stdout + done.stderr + journal),
        )
    return done.stdout


def call(home: Home, program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(home.programs / program), *arguments],
        cwd=home.folder,
        env={**os.environ, "LC_ALL": "C", "HOME": str(home.folder), **environment},
        preexec_fn=home.account.become,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two shells that start the server at once wait for each other."""
    with (made_state() / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
