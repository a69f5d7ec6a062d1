"""Migrating beside a living site: it gives way, tries again, and two machines do it one after the other."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from threading import Event
from time import monotonic

import psycopg
import pytest
from psycopg import sql

from edem.config.env import ROOT
from edem.config.front_door.tests.serving import cloned_database
from edem.config.management.commands.migrate_gently import LOCK

pytestmark = [pytest.mark.django_db, pytest.mark.full]


def command(address: str, *words: str) -> "subprocess.Popen[str]":
    given = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": f"{ROOT}/src", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "django", *words, "--settings=edem.config.settings.test"],
        cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def behind(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database that has everything but the last change to search."""
    with django_db_blocker.unblock(), cloned_database(f"behind_{token_hex(3)}") as address:
        with command(address, "migrate", "search", "0001") as going_back:
            said = going_back.stdout.read()
        assert going_back.returncode == 0, said
        yield address


@pytest.fixture
def lagging(behind) -> Iterator[str]:
    server, _, template = behind.rpartition("/")
    name = f"{template}_{token_hex(2)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        yield f"{server}/{name}"
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def table_in_use(address: str) -> Iterator[psycopg.Connection]:
    """Somebody's long page reads the table that the migration changes."""
    with psycopg.connect(address) as reader:
        found = reader.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'search_%' ORDER BY 1").fetchone()
        reader.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(sql.Identifier(found[0])))
        yield reader


def is_up_to_date(address: str) -> bool:
    with psycopg.connect(address) as own:
        found = own.execute("SELECT count(*) FROM django_migrations WHERE app = 'search'").fetchone()
    return found[0] > 1


def test_what_is_in_use_is_waited_for_and_tried_again(lagging):
    lines = []
    with table_in_use(lagging) as reader:
        with command(lagging, "migrate_gently", "--lock-seconds=0.3", "--pause=0.3") as migrating:
            for line in migrating.stdout:
                lines.append(line)
                if line.startswith("People are using the tables."):
                    reader.rollback()
    assert migrating.returncode == 0, "".join(lines)
    assert any(line.startswith("People are using the tables.") for line in lines)
    assert lines[-1] == "The database is up to date.\n"
    assert is_up_to_date(lagging)


def test_whoever_never_gets_in_says_so_and_leaves_nothing_half_done(lagging):
    words = ["migrate_gently", "--lock-seconds=0.2", "--tries=2", "--pause=0.1"]
    with table_in_use(lagging), command(lagging, *words) as migrating:
        said = migrating.stdout.read()
    assert migrating.returncode == 1
    assert "Nothing is half done" in said
    assert not is_up_to_date(lagging)


def test_an_index_that_an_interruption_left_unusable_is_cleared_away(lagging):
    with psycopg.connect(lagging, autocommit=True) as own:
        own.execute("CREATE TABLE twice AS SELECT 1 AS number FROM generate_series(1, 2)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            own.execute("CREATE UNIQUE INDEX CONCURRENTLY twice_number ON twice (number)")
        with command(lagging, "migrate_gently") as migrating:
            said = migrating.stdout.read()
        assert migrating.returncode == 0, said
        assert own.execute("SELECT to_regclass('twice_number')").fetchone() == (None,)


def test_two_machines_migrate_one_after_the_other(lagging):
    with psycopg.connect(lagging, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with command(lagging, "migrate_gently") as migrating:
            assert migrating.stdout.readline() == "Another machine is migrating; waiting for it.\n"
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            pause, until = Event(), monotonic() + 30
            while other.execute(waiting).fetchone() == (0,) and monotonic() < until:
                pause.wait(0.05)
            assert not is_up_to_date(lagging)
            other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            said = migrating.stdout.read()
    assert migrating.returncode == 0, said
    assert is_up_to_date(lagging)
