"""The database's side of a backup: PostgreSQL's own programs, the count of every table, what migrations it has."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

from tools.postgres.home import wheel_programs
from tools.stops import Stopped

ASIDE = "before_restore"

Connection = psycopg.Connection[Any]

_TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname
"""


@contextmanager
def connected() -> Iterator[Connection]:
    params = {key: value for key, value in given().items() if value}
    try:
        connection = psycopg.connect(**params, autocommit=True)
    except psycopg.OperationalError as refused:
        raise Stopped(f"The database cannot be reached: {str(refused).strip().splitlines()[-1]}") from None
    with connection:
        yield connection


def given() -> dict[str, Any]:
    settings = connections["default"].settings_dict
    known = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    asked = {name: settings["OPTIONS"][name] for name in ("sslmode", "sslrootcert") if name in settings["OPTIONS"]}
    several = {"target_session_attrs": "read-write"} if "," in str(settings["HOST"]) else {}
    return {name: settings[key] for name, key in known.items()} | asked | several


def surroundings() -> dict[str, str]:
    """The address as libpq reads it: a password on a command line would be seen by everybody on the machine."""
    names = {
        "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "target_session_attrs": "PGTARGETSESSIONATTRS",
    }  # fmt: skip
    return {**os.environ, "LC_ALL": "C", **{names[name]: str(value) for name, value in given().items() if value}}


def program(name: str, *, server: int) -> str:
    """Our own when it is as new as the server, else the system's: an older pg_dump reads no newer server."""
    own = wheel_programs() / name
    system = shutil.which(name)
    for path in filter(None, (str(own), system)):
        if version_of(path) >= server:
            return path
    raise Stopped(f"The server is PostgreSQL {server}; install its client programs (postgresql-client-{server}).")


def version_of(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)[.\w]*", said)
    return int(found[1]) if found else 0


def server_version(connection: Connection) -> int:
    return connection.info.server_version // 10_000


def counts(connection: Connection) -> dict[str, int]:
    return {name: _count(connection, name) for (name,) in connection.execute(_TABLES).fetchall()}


def _count(connection: Connection, table: str) -> int:
    counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))).fetchone()
    return int(counted[0]) if counted else 0


def migrations(connection: Connection) -> list[str]:
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        raise Stopped("This database holds no e-DEM yet; there is nothing to back up.")
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return [f"{app}.{name}" for app, name in rows]


def is_empty(connection: Connection) -> bool:
    return not connection.execute(_TABLES).fetchall()


def put_aside(connection: Connection) -> None:
    """What is there now waits under another name until the new is whole."""
    if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE]).fetchone():
        raise Stopped(f"The schema {ASIDE} of an earlier restore is still there. Look at it, then drop it.")
    with connection.transaction():
        connection.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
        connection.execute("CREATE SCHEMA public")


def bring_back(connection: Connection) -> None:
    with connection.transaction():
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")


def clear(connection: Connection) -> None:
    with connection.transaction():
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def forget_aside(connection: Connection) -> None:
    connection.execute(f"DROP SCHEMA {ASIDE} CASCADE")


def media_root() -> Path:
    from django.conf import settings  # noqa: PLC0415 - read once Django is awake

    return Path(settings.MEDIA_ROOT)
