"""Puts a backup back: checked first, then into an empty database, then counted; what fails leaves nothing behind.

Runs inside the environment: `python -m tools.backup.returning FILE`.
"""

import argparse
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.db.migrations.loader import MigrationLoader

from tools.backup.database import (
    Connection,
    bring_back,
    clear,
    connected,
    counts,
    forget_aside,
    is_empty,
    media_root,
    program,
    put_aside,
    server_version,
    surroundings,
)
from tools.backup.manifest import (
    BEFORE,
    DATABASE,
    FILES,
    NOT_OURS,
    RESTORING,
    Manifest,
    check_whole,
    pieces,
    read_manifest,
)
from tools.progress import say, step
from tools.stops import Stopped, ended, last_lines_of


def put_back(file: Path, *, replace: bool) -> Manifest:
    with opened(file) as archive, connected() as connection:
        with step("Checking the backup"):
            manifest = read_manifest(archive, file)
            check_whole(archive, manifest, file)
            check_code_knows(manifest)
        check_room(connection, replace=replace)
        with files_ready(archive, manifest) as folder, database_ready(connection):
            with step("Putting the database back"):
                load(archive, connection)
                check_counts(manifest, connection)
            move_in(folder)
        with step("Telling PostgreSQL how much there is of what"):
            connection.execute("ANALYZE")
    return manifest


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError:
        raise Stopped(f"There is no file {file}.") from None
    except zipfile.BadZipFile:
        raise Stopped(f"{file.name} {NOT_OURS}") from None
    with archive:
        yield archive


def check_code_knows(manifest: Manifest) -> None:
    """An older program does not understand a newer database."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {app for app, _ in (name.split(".", 1) for name in known)}
    unknown = [name for name in manifest.migrations if name not in known and name.split(".", 1)[0] in ours]
    if unknown:
        raise Stopped(
            f"The backup comes from a newer e-DEM ({unknown[-1]} is unknown here). Bring the program up to date first."
        )


def check_room(connection: Connection, *, replace: bool) -> None:
    if replace:
        return
    if not is_empty(connection):
        raise Stopped(
            "The database is not empty. Make an empty one, or say --replace to put the backup in the place of all that "
            "it holds. Nothing was changed."
        )
    if any(lying_there()):
        raise Stopped(f"The folder {media_root()} is not empty. Empty it, or say --replace. Nothing was changed.")


def lying_there() -> Iterator[Path]:
    if media_root().exists():
        yield from (path for path in media_root().iterdir() if path.name not in {RESTORING, BEFORE})


@contextmanager
def files_ready(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[Path]:
    """On the disk where they will live: moving in is renaming."""
    folder = media_root() / RESTORING
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with step("Unpacking the files"):
            folder.mkdir(parents=True)
            for name in manifest.hashes:
                if name.startswith(FILES):
                    unpack(archive, name, folder / name.removeprefix(FILES))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unpack(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as written:
        for piece in pieces(source):
            written.write(piece)


@contextmanager
def database_ready(connection: Connection) -> Iterator[None]:
    """Inside, the schema is empty; when anything fails, it is again as it was."""
    had_something = not is_empty(connection)
    if had_something:
        put_aside(connection)
    try:
        yield
    except BaseException:
        (bring_back if had_something else clear)(connection)
        raise
    if had_something:
        forget_aside(connection)


def load(archive: zipfile.ZipFile, connection: Connection) -> None:
    command = [
        program("pg_restore", server=server_version(connection)), "--no-owner", "--no-privileges", "--exit-on-error",
        "--single-transaction", "--schema=public", f"--dbname={connection.info.dbname}",
    ]  # fmt: skip
    with subprocess.Popen(
        command, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as loading:
        assert loading.stdin is not None
        assert loading.stderr is not None
        try:
            with archive.open(DATABASE) as source, loading.stdin:
                for piece in pieces(source):
                    loading.stdin.write(piece)
        except BrokenPipeError:
            pass  # it ended early, and says why
        said = loading.stderr.read().decode(errors="replace")
    if loading.returncode:
        raise Stopped(
            "PostgreSQL's pg_restore failed; its last lines are above. The database is as it was before.",
            last_lines=last_lines_of(said),
        )


def check_counts(manifest: Manifest, connection: Connection) -> None:
    found = counts(connection)
    if found != dict(manifest.rows):
        wrong = sorted(name for name in {*found, *manifest.rows} if found.get(name) != manifest.rows.get(name))
        raise Stopped(f"After the restore these tables differ from the backup: {', '.join(wrong)}. All is as before.")


def move_in(folder: Path) -> None:
    """What lay there stays beside, for a person to look at and to remove."""
    before = media_root() / BEFORE
    if was_there := list(lying_there()):
        if before.exists():
            raise Stopped(
                f"The files of an earlier restore are still in {before}. Look at them, then remove the folder."
            )
        before.mkdir()
        for path in was_there:
            path.rename(before / path.name)
        say(f"The files that were there before lie in {before}.")
    for path in folder.iterdir():
        path.rename(media_root() / path.name)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true")
    options = parser.parse_args(arguments)
    django.setup()
    manifest = put_back(options.file, replace=options.replace)
    rows, files = sum(manifest.rows.values()), len(manifest.hashes) - 1
    say(f"{rows} rows of {len(manifest.rows)} tables and {files} files are as they were at {manifest.taken_at}.")
    say("Now: ./edem migrate, then start the site with the keys that belong to this backup.")
    return 0


if __name__ == "__main__":
    sys.exit(ended(main, sys.argv[1:]))
