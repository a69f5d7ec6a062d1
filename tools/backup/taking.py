"""Takes a backup: one snapshot of the database, every uploaded file, and last the manifest.

Runs inside the environment: `python -m tools.backup.taking FILE`.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django

from tools.backup.database import (
    Connection,
    connected,
    counts,
    media_root,
    migrations,
    program,
    server_version,
    surroundings,
)
from tools.backup.manifest import BEFORE, DATABASE, FILES, MANIFEST, RESTORING, Manifest, pieces
from tools.progress import say, step
from tools.stops import Stopped, ended, last_lines_of

KEYS = """
THE KEYS ARE NOT IN IT. EDEM_VAULT_KEY, EDEM_MARK_KEY and EDEM_SECRET_KEY lie outside the database, and must be kept
outside this file too. Without the vault's key nobody ever reads the residents' data again, and without the marks'
key every resident could sign a second time. Keep them on paper in a safe, or in your organisation's store of secrets.
"""


UNFINISHED = ".unfinished"
DAY = 24 * 60 * 60


def take(file: Path, *, now: datetime) -> Manifest:
    """Written under another name first: a file that has its name is whole."""
    if file.exists():
        raise Stopped(f"{file} is there already. Choose another name: a backup never writes over a backup.")
    unfinished = file.with_name(file.name + UNFINISHED)
    with connected() as connection, in_one_snapshot(connection) as snapshot, half_made(unfinished):
        with zipfile.ZipFile(unfinished, "w", allowZip64=True) as archive:
            hashes = {DATABASE: dump_into(archive, connection, snapshot)}
            hashes |= files_into(archive)
            manifest = Manifest(
                taken_at=now.isoformat(timespec="seconds"), server=str(server_version(connection)),
                migrations=migrations(connection), rows=counts(connection), hashes=hashes,
            )  # fmt: skip
            archive.writestr(MANIFEST, manifest.written())
        to_the_disk(unfinished)
        unfinished.rename(file)
        to_the_disk(file.parent)
    return manifest


@contextmanager
def in_one_snapshot(connection: Connection) -> Iterator[str]:
    """What pg_dump writes and what we count is the same moment, however busy the site is."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        migrations(connection)
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield row[0]


@contextmanager
def half_made(unfinished: Path) -> Iterator[None]:
    try:
        unfinished.touch(mode=0o600)
        yield
    finally:
        unfinished.unlink(missing_ok=True)


def dump_into(archive: zipfile.ZipFile, connection: Connection, snapshot: str) -> str:
    command = [
        program("pg_dump", server=server_version(connection)), "--format=custom", "--no-owner", "--no-privileges",
        "--schema=public", f"--snapshot={snapshot}",
    ]  # fmt: skip
    with subprocess.Popen(command, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as dumping:
        assert dumping.stdout is not None
        assert dumping.stderr is not None
        try:
            digest = stored(archive, DATABASE, pieces(dumping.stdout))
        except BaseException:
            dumping.kill()
            raise
        said = dumping.stderr.read().decode(errors="replace")
    if dumping.returncode:
        raise Stopped("PostgreSQL's pg_dump failed; its last lines are above.", last_lines=last_lines_of(said))
    return digest


def files_into(archive: zipfile.ZipFile) -> dict[str, str]:
    root = media_root()
    hashes = {}
    for path in sorted(root.rglob("*")):
        within = path.relative_to(root)
        name = FILES + within.as_posix()
        try:
            if path.is_file() and within.parts[0] not in {RESTORING, BEFORE}:
                with path.open("rb") as source:
                    hashes[name] = stored(archive, name, pieces(source))
        except FileNotFoundError:  # removed since we looked: its row is older than the snapshot's end at most
            continue
    return hashes


def stored(archive: zipfile.ZipFile, name: str, content: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in content:
            member.write(piece)
            digest.update(piece)
    return digest.hexdigest()


def remember(manifest: Manifest, file: Path) -> None:
    """The figures of the installation tell how old its newest backup is; without a word here an alarm rings."""
    known = "SELECT to_regclass('public.audit_backuptaken') IS NOT NULL"
    written = "INSERT INTO audit_backuptaken (at, row_count, file_count, size) VALUES (%s, %s, %s, %s)"
    told = [manifest.taken_at, sum(manifest.rows.values()), len(manifest.hashes) - 1, file.stat().st_size]
    with connected() as connection:
        if connection.execute(known).fetchone() == (True,):  # an upgrade takes its backup before it migrates
            connection.execute(written, told)


def to_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def leave_the_newest(file: Path, *, count: int) -> list[Path]:
    """Of the files named like this one; `{time}` sorts as time goes."""
    found = sorted(file.parent.glob(file.name.replace("{time}", "*")))
    old = found[:-count]
    for path in old:
        path.unlink()
    return old


def clear_half_made(file: Path, *, now: datetime) -> None:
    """What a killed backup left. A day old: nobody writes it any more."""
    for path in file.parent.glob(file.name.replace("{time}", "*") + UNFINISHED):
        if now.timestamp() - path.stat().st_mtime > DAY:
            path.unlink()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--keep", type=int, default=0)
    options = parser.parse_args(arguments)
    if options.keep and "{time}" not in options.file.name:
        raise Stopped("--keep needs {time} in the name, for example: ./edem backup --keep 14 'edem-{time}.backup'")
    now = datetime.now(UTC)
    file = options.file.with_name(options.file.name.replace("{time}", f"{now:%Y-%m-%dT%H%M%SZ}"))
    django.setup()
    with step(f"Writing {file.name}"):
        manifest = take(file, now=now)
        remember(manifest, file)
    rows, files = sum(manifest.rows.values()), len(manifest.hashes) - 1
    say(f"{file}: {rows} rows of {len(manifest.rows)} tables, {files} files, {file.stat().st_size} bytes.")
    if options.keep:
        for old in leave_the_newest(options.file, count=options.keep):
            say(f"The old {old.name} is removed.")
        clear_half_made(options.file, now=now)
    say(KEYS)
    return 0


if __name__ == "__main__":
    sys.exit(ended(main, sys.argv[1:]))
