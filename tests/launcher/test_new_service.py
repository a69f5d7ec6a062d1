"""A new service in a copied tree: it passes its own tests and every check, and goes away without a trace."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from edem.config.env import database_url
from tools.checks.run import LOOKS, PROGRAMS_THAT_CHECK
from tools.new_service.names import Names, names_for
from tools.new_service.write import checked
from tools.places import ROOT
from tools.stops import Stopped

# What mypy knows comes along: it asks for content, not for place, and the whole house from nothing takes minutes.
NOT_COPIED = shutil.ignore_patterns(
    ".git",
    ".edem",
    ".venv",
    "node_modules",
    "__pycache__",
    ".ruff_cache",
    ".hypothesis",
    ".pytest_cache",
)
NAME = "surveys"


class Copy:
    """The project's tree somewhere else, with this environment and this database server."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT, root, ignore=NOT_COPIED, symlinks=True)
        for shared in (".venv", "node_modules"):
            (root / shared).symlink_to(ROOT / shared)

    def run(self, *command: str) -> str:
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        suffix = f"{os.environ.get('EDEM_TEST_SUFFIX', 'main')}_copy"
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**kept, "DATABASE_URL": database_url(), "EDEM_TEST_SUFFIX": suffix, "PYTHONPATH": "src:."},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def edem(self, *words: str) -> str:
        return self.run(sys.executable, "edem", *words)

    @property
    def service(self) -> Path:
        return self.root / "src" / "edem" / "services" / NAME

    @property
    def list_of_services(self) -> Path:
        return self.root / "src" / "edem" / "config" / "services.py"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    copy = Copy(tmp_path_factory.mktemp("copy") / "edem")
    copy.edem("new-service", NAME)
    return copy


@pytest.mark.full
def test_a_new_service_passes_its_own_tests_as_it_is(copy):
    assert (copy.service / "migrations" / "0001_initial.py").exists()
    told = copy.run(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--ds=edem.config.settings.test",
        str(copy.service),
    )
    assert "passed" in told


def test_a_new_service_is_well_formed(copy):
    for command in (["check"], ["format", "--check"]):
        copy.run(sys.executable, "-m", "ruff", *command, str(copy.service))


@pytest.mark.full
def test_a_new_service_passes_every_check(copy):
    names = {*PROGRAMS_THAT_CHECK, *LOOKS} - {"tests"}  # collecting the whole house's tests says nothing of the new
    assert f"✓ {len(names)} checks" in copy.edem("check", *names)


def test_deleting_the_folder_and_the_line_takes_a_service_away(copy):
    """Runs last: what it takes away, the tests above have looked at."""
    shutil.rmtree(copy.service)
    lines = copy.list_of_services.read_text(encoding="utf-8").splitlines(keepends=True)
    copy.list_of_services.write_text("".join(line for line in lines if f".{NAME}" not in line), encoding="utf-8")
    left = list((copy.root / "src").rglob("*.py"))
    assert [path for path in left if NAME in path.read_text(encoding="utf-8") and "locale" not in path.parts] == []
    assert copy.list_of_services.read_text() == (ROOT / "src/edem/config/services.py").read_text()
    copy.edem("manage", "makemigrations", "--check", "--dry-run")


@pytest.mark.parametrize(
    ("service", "item"), [("surveys", "survey"), ("libraries", "library"), ("open_data", "open_data_item")]
)
def test_one_of_many_is_named(service, item):
    assert names_for(service) == Names(service=service, item=item)


@pytest.mark.parametrize("name", ["Surveys", "2go", "class", "people", "petitions", "опитування", "a" * 21, "a__b"])
def test_a_name_that_will_not_do_is_refused_with_a_sentence(name):
    with pytest.raises(Stopped):
        checked([name])
