"""An installation as the tests of backups see it: its database, its folder of files, and what `./edem` says there."""

import hashlib
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import psycopg
from django.test import override_settings
from psycopg import sql

from edem.config.front_door.tests.serving import writing_to
from tools.backup import returning, taking
from tools.places import ROOT
from tools.stops import ended


@dataclass(frozen=True)
class Said:
    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Place:
    """An installation: its database and its folder of files."""

    database: str
    folder: Path

    def says(self, name: str, *words: str) -> "Said":
        """The same program in this process: Django wakes once for all the tests."""
        program = {"backup": taking, "restore": returning}[name]
        out, err = StringIO(), StringIO()
        with writing_to(self.database), override_settings(MEDIA_ROOT=str(self.folder)):
            with redirect_stdout(out), redirect_stderr(err):
                code = ended(program.main, list(words))
        return Said(code, out.getvalue(), err.getvalue())

    def edem(self, *words: str) -> subprocess.CompletedProcess[str]:
        own = {"DATABASE_URL": self.database, "EDEM_MEDIA_DIR": str(self.folder)}
        given = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "edem.config.settings.dev"}
        command = [sys.executable, "edem", *words]
        return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table, as text: equal content, not only equal counts."""
        with psycopg.connect(self.database) as own:
            tables = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
            ask = sql.SQL("SELECT each::text FROM {} AS each ORDER BY 1")
            return {
                name: [row for (row,) in own.execute(ask.format(sql.Identifier(name))).fetchall()] for (name,) in tables
            }

    def rows_of_a_backup(self) -> dict[str, list[str]]:
        """As they were at its moment: that it was taken is written down afterwards."""
        return self.rows() | {"audit_backuptaken": []}

    def files(self) -> dict[str, str]:
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def ask(self, question: str) -> object:
        with psycopg.connect(self.database) as own:
            return own.execute(question).fetchone()[0]
