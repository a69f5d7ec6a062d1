"""What is left of backups beside themselves: a word to whoever watches, and no half of one that was killed."""

import os
from collections.abc import Iterator
from secrets import token_hex

import psycopg
import pytest

from edem.config.front_door.tests.serving import cloned_database
from tests.launcher.installations import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def living(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Place]:
    with django_db_blocker.unblock(), cloned_database(f"told_{token_hex(3)}") as address:
        folder = tmp_path_factory.mktemp("files")
        (folder / "scan.pdf").write_bytes(b"%PDF")
        yield Place(address, folder)


def test_a_whole_backup_is_told_to_whoever_watches_and_a_failed_one_is_not(living, tmp_path):
    file = tmp_path / "told.backup"
    assert living.says("backup", str(file)).returncode == 0
    newest = "SELECT row_count > 0, file_count, size FROM audit_backuptaken ORDER BY id DESC LIMIT 1"
    with psycopg.connect(living.database) as own:
        assert own.execute(newest).fetchone() == (True, len(living.files()), file.stat().st_size)
    before = living.ask("SELECT count(*) FROM audit_backuptaken")
    assert living.says("backup", str(file)).returncode == 1
    assert living.ask("SELECT count(*) FROM audit_backuptaken") == before


def test_a_database_from_before_backups_were_told_is_backed_up_too(living, tmp_path):
    with cloned_database(f"older_{token_hex(3)}") as address, psycopg.connect(address, autocommit=True) as own:
        own.execute("DROP TABLE audit_backuptaken")
        told = Place(address, living.folder).says("backup", str(tmp_path / "older.backup"))
        assert told.returncode == 0, told.stderr


def test_halves_of_killed_backups_make_room_but_not_the_one_that_is_being_written(living, tmp_path):
    killed, written = (tmp_path / f"edem-2020-01-0{day}T000000Z.backup.unfinished" for day in (1, 2))
    for path in (killed, written):
        path.touch()
    os.utime(killed, (0, 0))
    told = living.says("backup", "--keep", "2", str(tmp_path / "edem-{time}.backup"))
    assert told.returncode == 0, told.stderr
    assert [path for path in (killed, written) if path.exists()] == [written]
