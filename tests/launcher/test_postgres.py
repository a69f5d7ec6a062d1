"""The embedded PostgreSQL of a clone: made, started, found again, stopped. Real clusters in real folders."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from tools.places import ROOT

NEEDED = ("edem", "tools", "requirements", "package-lock.json", ".venv", "node_modules")


class Clone:
    """As much of the project as its server needs, in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in NEEDED:
            (root / name).symlink_to(ROOT / name) if name.startswith((".", "n")) else self.copy(name)

    def copy(self, name: str) -> None:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, self.root / name)

    def postgres(self, word: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "edem", "postgres", word]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)

    @property
    def address(self) -> str:
        return (self.root / ".edem" / "database_url").read_text()

    @property
    def aside(self) -> Path | None:
        note = self.root / ".edem" / "postgres_home"
        return Path(note.read_text()) if note.exists() else None


@pytest.fixture
def clones():
    """Makes clones, open to everybody or closed; stops their servers and clears what they left elsewhere."""
    made = []

    def clone(mode: int) -> Clone:
        folder = Path(tempfile.mkdtemp(prefix="edem-clone-", dir="/var/tmp"))
        folder.chmod(mode)
        made.append(Clone(folder))
        return made[-1]

    yield clone
    for each in made:
        each.postgres("stop")
        for folder in filter(None, (each.aside, each.root)):
            shutil.rmtree(folder)


def asked(address: str, question: str) -> object:
    with psycopg.connect(address) as connection:
        return connection.execute(question).fetchone()[0]


@pytest.mark.parametrize("mode", [0o755, 0o700], ids=["open folder", "closed folder"])
def test_a_cluster_speaks_ukrainian_wherever_the_clone_lies(clones, mode):
    clone = clones(mode)
    started = clone.postgres("start")
    assert started.returncode == 0, started.stderr
    assert asked(clone.address, "SELECT lower('ЇЖАК')") == "їжак"
    assert asked(clone.address, "SHOW listen_addresses") == "127.0.0.1"
    if os.geteuid() == 0 and mode == 0o700:
        assert clone.aside is not None
        assert "its data live in" in started.stdout
        assert clone.root.stat().st_mode & 0o777 == 0o700


def test_a_stranger_without_the_password_is_not_let_in(clones):
    clone = clones(0o755)
    clone.postgres("start")
    with pytest.raises(psycopg.OperationalError, match="password"):
        asked(clone.address.replace("postgresql://edem:", "postgresql://edem:not"), "SELECT 1")


def test_data_outlive_a_restart_also_when_another_program_took_the_port(clones):
    clone = clones(0o755)
    clone.postgres("start")
    first = clone.address
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    assert clone.postgres("stop").stdout == "PostgreSQL is stopped.\n"
    assert clone.postgres("status").returncode == 3

    with socket.create_server(("127.0.0.1", int(first.rpartition(":")[2].partition("/")[0]))):
        assert clone.postgres("start").returncode == 0
        assert clone.address != first
        assert asked(clone.address, "SELECT count(*) FROM kept") == 0


def test_two_clones_have_two_servers(clones):
    one, other = clones(0o755), clones(0o755)
    for clone in (one, other):
        assert clone.postgres("start").returncode == 0
    assert one.address != other.address
    assert asked(one.address, "SHOW data_directory") != asked(other.address, "SHOW data_directory")


def test_starting_a_running_server_changes_nothing(clones):
    clone = clones(0o755)
    clone.postgres("start")
    before = asked(clone.address, "SELECT pg_postmaster_start_time()")
    assert clone.postgres("start").stdout.strip() == clone.address
    assert asked(clone.address, "SELECT pg_postmaster_start_time()") == before
