"""A backup goes into an empty database and comes out the same; whatever is wrong with it changes nothing."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from threading import Event
from time import monotonic

import psycopg
import pytest
from psycopg import sql

from edem.config.front_door.tests.serving import cloned_database, writing_to
from edem.foundation.communities.models import Community
from tests.launcher.installations import Place
from tools.places import ROOT

pytestmark = pytest.mark.django_db

UKRAINIAN = "Вишневогірськ: ґанок, їжак, обʼєкт"


@pytest.fixture(scope="module")
def living(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Place]:
    with django_db_blocker.unblock(), cloned_database(f"living_{token_hex(3)}") as address:
        with writing_to(address):
            Community.objects.create(slug="misto", katottg="UA01020030040050060", name=UKRAINIAN, is_open=True)
        folder = tmp_path_factory.mktemp("files")
        (folder / "uploads" / "2026").mkdir(parents=True)
        (folder / "uploads" / "2026" / "скан.pdf").write_bytes(os.urandom(3_000_000))
        (folder / "uploads" / "empty").touch()
        yield Place(address, folder)


@pytest.fixture(scope="module")
def kept(living, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("kept") / "edem.backup"
    told = living.says("backup", str(file))
    assert told.returncode == 0, told.stderr
    return file


@pytest.fixture
def empty(living, tmp_path) -> Iterator[Place]:
    name, server = f"test_edem_empty_{token_hex(4)}", living.database.rpartition("/")[0]
    create = "CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL(create).format(sql.Identifier(name)))
        yield Place(f"{server}/{name}", tmp_path / "media")
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_what_comes_back_is_what_was_there(living, kept, empty):
    told = empty.edem("restore", str(kept))
    assert told.returncode == 0, told.stderr
    assert empty.rows() == living.rows_of_a_backup()
    assert empty.files() == living.files()
    assert empty.ask("SELECT name FROM communities_community") == UKRAINIAN
    triggers = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
    assert empty.ask(triggers) == living.ask(triggers)
    assert empty.ask("SELECT count(*) > 0 FROM pg_statistic WHERE starelid = 'communities_community'::regclass")
    assert empty.edem("manage", "migrate", "--check").returncode == 0
    with psycopg.connect(empty.database) as own:  # sequences go on from where they were
        own.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())")


def test_a_backup_says_loudly_that_the_keys_are_not_in_it(living, tmp_path):
    file = tmp_path / "one.backup"
    rows = living.rows()
    told = living.says("backup", str(file))
    assert "THE KEYS ARE NOT IN IT" in told.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["rows"] == {name: len(each) for name, each in rows.items()}
    assert {name.removeprefix("files/"): value for name, value in manifest["hashes"].items() if "/" in name} == (
        living.files()
    )


def test_a_backup_never_writes_over_another(living, kept):
    before, told = kept.read_bytes(), living.says("backup", str(kept))
    assert told.returncode == 1
    assert "is there already" in told.stderr
    assert kept.read_bytes() == before


def test_old_backups_make_room_for_new_ones(living, tmp_path):
    for day in range(1, 4):
        (tmp_path / f"edem-2020-01-0{day}T000000Z.backup").touch()
    (tmp_path / "something-else").touch()
    told = living.says("backup", "--keep", "2", str(tmp_path / "edem-{time}.backup"))
    assert told.returncode == 0, told.stderr
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == 3
    assert left[0] == "edem-2020-01-03T000000Z.backup"
    assert left[-1] == "something-else"


def test_a_database_that_holds_something_is_refused_unless_told(living, kept, empty):
    with psycopg.connect(empty.database) as own:
        own.execute("CREATE TABLE precious (word text)")
    refused = empty.says("restore", str(kept))
    assert refused.returncode == 1
    assert "not empty" in refused.stderr
    assert list(empty.rows()) == ["precious"]
    empty.folder.mkdir()
    (empty.folder / "old.txt").write_text("old")
    replaced = empty.says("restore", "--replace", str(kept))
    assert replaced.returncode == 0, replaced.stderr
    assert empty.rows() == living.rows_of_a_backup()
    assert (empty.folder / ".before-restore" / "old.txt").read_text() == "old"


def truncated(kept: Path) -> bytes:
    return kept.read_bytes()[: kept.stat().st_size // 2]


def flipped(kept: Path) -> bytes:
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 0xFF
    return bytes(content)


def another_zip(kept: Path) -> bytes:
    other = kept.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return other.read_bytes()


def climbing(kept: Path) -> bytes:
    other = kept.with_name("climbing.zip")
    with zipfile.ZipFile(kept) as source, zipfile.ZipFile(other, "w") as archive:
        manifest = json.loads(source.read("manifest.json"))
        manifest["hashes"]["files/../../climbed"] = hashlib.sha256(b"").hexdigest()
        for name in source.namelist():
            archive.writestr(name, json.dumps(manifest) if name == "manifest.json" else source.read(name))
        archive.writestr("files/../../climbed", b"")
    return other.read_bytes()


@pytest.mark.parametrize("spoil", [truncated, flipped, another_zip, climbing, lambda _: b"", lambda _: b"%PDF-1.7\n"])
def test_a_spoilt_file_changes_nothing(kept, empty, tmp_path, spoil):
    spoilt = tmp_path / "spoilt.backup"
    spoilt.write_bytes(spoil(kept))
    told = empty.says("restore", str(spoilt))
    assert told.returncode == 1
    assert "is not a backup of e-DEM, or it is cut short or damaged. Nothing was changed." in told.stderr
    assert "Traceback" not in told.stderr
    assert empty.rows() == {}
    assert not empty.folder.exists() or not list(empty.folder.iterdir())


def with_manifest(kept: Path, target: Path, **changed: object) -> Path:
    with zipfile.ZipFile(kept) as source, zipfile.ZipFile(target, "w") as archive:
        manifest = json.loads(source.read("manifest.json")) | changed
        for name in source.namelist():
            archive.writestr(name, json.dumps(manifest) if name == "manifest.json" else source.read(name))
    return target


def test_a_count_that_does_not_hold_puts_everything_back(kept, empty, tmp_path):
    with zipfile.ZipFile(kept) as archive:
        rows = json.loads(archive.read("manifest.json"))["rows"]
    lying = with_manifest(kept, tmp_path / "lying.backup", rows=rows | {"communities_community": 7})
    with psycopg.connect(empty.database) as own:
        own.execute("CREATE TABLE precious AS SELECT 'kept' AS word")
    told = empty.says("restore", "--replace", str(lying))
    assert told.returncode == 1
    assert "communities_community" in told.stderr
    assert empty.rows() == {"precious": ["(kept)"]}


def test_a_backup_of_a_newer_program_is_refused(kept, empty, tmp_path):
    newer = with_manifest(kept, tmp_path / "newer.backup", migrations=["search.9999_from_the_future"])
    told = empty.says("restore", str(newer))
    assert told.returncode == 1
    assert "newer e-DEM" in told.stderr
    assert empty.rows() == {}


def test_a_missing_file_and_a_missing_database_are_sentences(empty, kept):
    assert "There is no file" in empty.says("restore", str(kept.with_name("absent"))).stderr
    nobody = Place("postgresql://nobody:x@127.0.0.1:9/nothing", empty.folder)
    told = nobody.edem("backup", str(kept.with_name("never")))
    assert told.returncode == 1
    assert "The database cannot be reached" in told.stderr
    assert "Traceback" not in told.stderr
    assert "there is nothing to back up" in empty.says("backup", str(kept.with_name("never"))).stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk of its own needs root")
def test_a_full_disk_leaves_no_half_of_a_backup(living, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        told = living.says("backup", str(disk / "edem.backup"))
        assert told.returncode == 1
        assert "no room left on the disk" in told.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk of its own needs root")
def test_a_disk_too_small_for_the_files_leaves_the_database_empty(kept, empty):
    empty.folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(empty.folder)], check=False)
    if mounted.returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        told = empty.says("restore", str(kept))
        assert told.returncode == 1
        assert "no room left on the disk" in told.stderr
        assert empty.rows() == {}
        assert list(empty.folder.iterdir()) == []
    finally:
        subprocess.run(["umount", str(empty.folder)], check=True)


def test_a_killed_backup_leaves_no_file_with_its_name(living, tmp_path):
    """Whatever ends it: only a whole file has the name that was asked for."""
    file, pause, until = tmp_path / "edem.backup", Event(), monotonic() + 60
    with psycopg.connect(living.database) as holder:
        holder.execute("LOCK TABLE communities_community")  # pg_dump waits in the middle
        given = {**os.environ, "DATABASE_URL": living.database, "EDEM_MEDIA_DIR": str(living.folder)}
        command = [sys.executable, "edem", "backup", str(file)]
        with subprocess.Popen(command, cwd=ROOT, env=given, start_new_session=True) as taking:
            while not list(tmp_path.iterdir()) and monotonic() < until:
                pause.wait(0.05)
            os.killpg(taking.pid, signal.SIGKILL)
    assert [path.name for path in tmp_path.iterdir()] == ["edem.backup.unfinished"]
    again = living.says("backup", str(file))
    assert again.returncode == 0, again.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["edem.backup"]
