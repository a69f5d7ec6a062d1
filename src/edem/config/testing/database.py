"""The tests' database is a copy of a kept one: to migrate an empty database takes a minute, to copy one a second.

A kept one remembers which migrations made it; where one was added, only that one has to run.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connections
from psycopg import Connection, connect
from psycopg.sql import SQL, Identifier, Literal

NAME = "edem_template"
KEPT = 6
"""So many are kept for those who go to and fro between branches; the eldest goes first."""
_ONE_AT_A_TIME = 6_013_337
_IMPORTED = re.compile(r"^(?:import|from) (edem[\w.]+)", re.MULTILINE)


def kept_template() -> str:
    """The name of a database with every migration applied and no row besides theirs; made when there is none."""
    marks = {mark_of(file) for file in migrations()}
    name = f"{NAME}_{hashlib.sha256(' '.join(sorted(marks)).encode()).hexdigest()[:16]}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        kept = _kept(server)
        if name not in kept:
            near = [template for template, made_of in kept.items() if made_of <= marks]
            _make(server, name, marks, source=near[-1] if near else "template0")
            _drop(server, list(kept)[: 1 - KEPT])
    return name


def migrations() -> list[Path]:
    """The files of all migrations, and those of ours that they import."""
    own = [file for app in apps.get_app_configs() for file in sorted(Path(app.path, "migrations").glob("*.py"))]
    words = {word for file in own for word in _IMPORTED.findall(file.read_text(encoding="utf-8"))}
    specs = [spec for word in sorted(words) if (spec := find_spec(word)) and spec.origin]
    return own + [Path(str(spec.origin)) for spec in specs]


def mark_of(file: Path) -> str:
    place = "/".join(file.parts[-3:]).encode()
    return hashlib.sha256(place + b"\0" + file.read_bytes()).hexdigest()[:12]


def _kept(server: Connection) -> dict[str, set[str]]:
    """Each kept one with the marks of what made it, the eldest first: PostgreSQL numbers its databases as they come."""
    found = server.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE starts_with(datname, %s)"
        " AND shobj_description(oid, 'pg_database') IS NOT NULL ORDER BY oid",
        [f"{NAME}_"],
    )
    return {name: set(marks.split()) for name, marks in found}


def _make(server: Connection, name: str, marks: set[str], *, source: str) -> None:
    """It says what made it when it is whole: what somebody stopped midway says nothing, and is made anew."""
    _drop(server, [name])
    server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source)))
    with _working_in(name):
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    server.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(name), Literal(" ".join(sorted(marks)))))


def _drop(server: Connection, names: list[str]) -> None:
    for name in names:
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def _server() -> Iterator[Connection]:
    params = connections["default"].get_connection_params()
    address = {word: params[word] for word in ("user", "password", "host", "port") if word in params}
    with connect(**address, dbname="postgres", autocommit=True) as server:
        yield server


@contextmanager
def _working_in(name: str) -> Iterator[None]:
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
