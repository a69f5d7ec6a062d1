"""The launcher's sentences and decisions."""

import ast
import errno
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment, launcher
from tools.checks import committed, locks
from tools.demo.processes import Ports, demo_processes
from tools.places import ROOT
from tools.postgres.account import Account
from tools.stops import NO_NETWORK, Stopped
from tools.testing import pytest_command, walks_pages


def test_the_launcher_itself_is_readable_for_an_old_python():
    source = (ROOT / "edem").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


def test_an_unknown_command_is_answered_with_a_sentence(capsys):
    assert launcher.run(["dmeo"]) == 1
    assert "There is no command “dmeo”. ./edem help lists them all." in capsys.readouterr().err


def test_a_full_disk_is_answered_with_a_sentence(capsys, monkeypatch):
    def no_room(_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(launcher, "dispatch", no_room)
    assert launcher.run(["demo"]) == 1
    assert "no room left on the disk" in capsys.readouterr().err


def test_without_a_network_the_sentence_says_so(monkeypatch, tmp_path):
    """Pip itself, asked for a package while no index and no folder can give it."""
    lock = tmp_path / "dev.txt"
    lock.write_text("absent-package-of-nobody==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setattr(environment, "python", lambda *words: [sys.executable, *words, "--no-index"])
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    with pytest.raises(Stopped) as stopped:
        environment.install_packages(lock)
    assert NO_NETWORK in stopped.value.sentence
    assert "absent-package-of-nobody" in stopped.value.last_lines


def test_a_stamp_tells_a_changed_lock(tmp_path):
    lock, folder = tmp_path / "dev.txt", tmp_path / "made"
    folder.mkdir()
    lock.write_text("one")
    assert not environment.is_made(folder, lock)
    environment.write_stamp(folder, lock)
    assert environment.is_made(folder, lock)
    lock.write_text("two")
    assert not environment.is_made(folder, lock)


def test_progress_counts_what_pip_has_brought():
    shown = []
    heard = environment.counted(2, shown.append)
    for line in ("Collecting a", "Downloading a.whl", "Processing b.whl", "Installing collected packages: a, b"):
        heard(line)
    assert shown == ["0 of 2", "1 of 2", "putting them in place", "putting them in place"]


def test_tests_leave_out_the_full_ones_unless_asked():
    assert ["-m", "(not full)"][1] in pytest_command([])
    assert "(not full)" not in pytest_command(["--full"])
    assert "(browser) and (not full)" in pytest_command(["-m", "browser"])


def test_a_chosen_file_runs_alone_and_needs_no_browser():
    command = pytest_command(["tests/launcher/test_launcher.py", "-k", "name"])
    assert "-n" not in command
    assert command[-3:] == ["tests/launcher/test_launcher.py", "-k", "name"]
    assert not walks_pages(["tests/house/test_names.py"])
    assert walks_pages(["src/edem/ui/tests"])
    assert walks_pages([])
    assert not walks_pages(["-m", "not browser"])


def test_an_account_reaches_only_what_is_open_to_it(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    stranger = Account(uid=closed.stat().st_uid + 4321, gid=closed.stat().st_gid + 4321)
    assert not stranger.reaches(closed / "inside")
    assert Account().reaches(closed / "inside")
    assert Account(uid=closed.stat().st_uid, gid=closed.stat().st_gid)._may_enter(closed)


def test_the_demo_gives_the_stands_the_secrets_that_the_platform_has():
    secrets = {
        "EDEM_ID_GOV_UA_CLIENT_SECRET": "once made",
        "EDEM_BANK_ID_CLIENT_SECRET": "for the bank",
        "EDEM_MOBILE_ID_AP_PASSWORD": "for the phones",
        "EDEM_CRYPTO_SERVICE_TOKEN": "for the key",
        "EDEM_SMS_KEY": "for texts",
        "EDEM_OUTSIDE_KEY": "for the company",
        "EDEM_SANDBOX_SEED": "one root",
    }
    made = demo_processes(
        Ports(
            web=1,
            identity=2,
            mail=3,
            letters=4,
            bank=5,
            crypto=6,
            phones=7,
            signing=8,
            texts=9,
            register=10,
            outside=11,
        ),
        secrets,
    )
    stands = {process.name: process for process in made}
    given = {
        "identity": "--client-secret=once made",
        "bank": "--client-secret=for the bank",
        "crypto": "--token=for the key",
        "phones": "--ap-password=for the phones",
    }
    for name, secret in given.items():
        assert secret in stands[name].command
        assert "--seed=one root" in stands[name].command
    assert [stands[name].port for name in given] == [2, 5, 6, 7]
    assert "--key=for the company" in stands["outside"].command


def test_the_locks_hold_what_is_asked_for():
    assert locks.stale_locks() == ""


def test_a_missing_pin_is_found(tmp_path, monkeypatch):
    for name in ("base", "dev"):
        (tmp_path / f"{name}.in").write_text("django>=5\nlacking\n")
        (tmp_path / f"{name}.txt").write_text("django==5.2 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(locks, "REQUIREMENTS", tmp_path)
    assert locks.python_faults() == ["requirements/base.txt lacks lacking", "requirements/dev.txt lacks lacking"]


def test_a_path_of_a_machine_is_found(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("see /ho" + "me/olena/edem/\nand ./home/x/ is fine\n")
    monkeypatch.setattr(committed, "ROOT", tmp_path)
    assert committed.faults_in("a.md") == ["a.md:1: a path of somebody's machine"]


def test_help_runs_without_the_environment():
    """A system Python with nothing installed shows the help."""
    shown = subprocess.run(
        [sys.executable, "-E", "-S", str(ROOT / "edem"), "help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path("/"),
    )
    assert "./edem demo" in shown.stdout, shown.stderr
