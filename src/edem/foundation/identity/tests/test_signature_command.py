"""`./edem verify-signature`: offline, without Django and the database; the exit code says what was found."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.containing import simple_container
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.tests.hierarchy import OLENA
from edem.kernel.kep.tests.signing_room import authority, evidence_at, root
from edem.kernel.kep.tests.vectors import FOLDER, needs_vectors
from tools.signatures.run import main

ROOT = Path(__file__).parents[5]
TEXT = "Прошу освітити стежку.".encode()
NOW = datetime.now(UTC).replace(microsecond=0)
IN_FORCE = Term(begins=NOW - timedelta(days=30), ends=NOW + timedelta(days=300))
NO_DJANGO = (
    "import sys; sys.modules['django'] = None; import runpy; "
    "runpy.run_module('tools.signatures.run', run_name='__main__')"
)


@pytest.fixture
def ran(folder, monkeypatch, capsys):
    """The command in the folder with the files: its exit code and what it printed."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("EDEM_TRUST_DIR", raising=False)

    def run(*arguments):
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as ended:  # argparse's own
            code = ended.code
        return code, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Signed files of every fate, and the folder of trusted roots."""
    folder = tmp_path_factory.mktemp("signed")
    card = authority().person(OLENA, kind=ECDSA, term=IN_FORCE)
    full = Hand(issued=card, at=NOW, evidence=evidence_at(NOW, card.certificate))
    bare = Hand(issued=card, at=NOW)
    files = {
        "good.p7s": signed_message(TEXT, full),
        "bare.p7s": signed_message(TEXT, bare, certificates=authority().chain),
        "detached.p7s": signed_message(TEXT, full, is_detached=True),
        "box.asics": simple_container("лист.txt", TEXT, full),
        "лист.txt": TEXT,
        "other.txt": TEXT + b"!",
        "junk.p7s": b"junk",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "trust").mkdir()
    (folder / "trust" / "root.cer").write_bytes(root().certificate.der)
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["good.p7s", "--trust", "trust"], 0, "Підпис правильний"),
        (["box.asics", "--trust", "trust"], 0, "Підписані файли: лист.txt"),
        (["bare.p7s", "--trust", "trust"], 0, "перевірено не все"),
        (["bare.p7s", "--trust", "trust", "--strict"], 4, "перевірено не все"),
        (["detached.p7s", "--content", "лист.txt", "--trust", "trust"], 0, "Коваль Олена Іванівна"),
        (["detached.p7s", "--content", "other.txt", "--trust", "trust"], 1, "Підпис неправильний"),
        (["good.p7s"], 3, "немає серед довірених"),
        (["good.p7s", "bare.p7s", "--trust", "trust"], 0, "bare.p7s"),
    ],
)
def test_the_exit_code_and_the_words_say_what_was_found(ran, arguments, code, words):
    found, out, err = ran(*arguments)
    assert (found, err) == (code, "")
    assert words in out
    assert "ECDSA P-256, SHA-256" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["junk.p7s"], "Це не файл підпису"),
        (["absent.p7s"], "No such file"),
        (["detached.p7s"], "Додайте й сам файл"),
        (["good.p7s", "--content", "absent.txt"], "No such file"),
        (["good.p7s", "--trust", "absent"], "No such file"),
        (["good.p7s", "bare.p7s", "--content", "лист.txt"], "--content"),
        ([], "usage"),
    ],
)
def test_what_cannot_be_read_is_told_apart(ran, arguments, words):
    code, _, err = ran(*arguments)
    assert code == 2
    assert words in err


def test_the_worst_of_several_files_is_the_answer(ran):
    assert ran("good.p7s", "junk.p7s", "--trust", "trust")[0] == 2


def test_programs_read_it_as_json(ran):
    _, out, _ = ran("good.p7s", "--trust", "trust", "--json")
    told = json.loads(out)
    assert (told["outcome"], told["signers"][0]["tax_number"]) == ("valid", "2345678901")
    assert told["signers"][0]["algorithms"] == ["ECDSA P-256", "sha256"]


def test_it_needs_neither_django_nor_a_database(folder):
    """Where an import of Django fails; the trusted folder comes from the environment here."""
    surroundings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONUTF8": "1",
        "EDEM_TRUST_DIR": str(folder / "trust"),
    }
    command = [sys.executable, "-c", NO_DJANGO, "good.p7s"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=surroundings, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Підпис правильний" in done.stdout


@needs_vectors
@pytest.mark.real_data
@pytest.mark.parametrize(
    ("number", "trust", "code"),
    [
        (0, False, 3),
        (1, False, 3),
        (3, False, 3),
        (4, False, 1),
        (0, True, 0),
        (1, True, 0),
        (3, True, 0),
        (4, True, 1),
    ],
)
def test_real_signatures_are_told_apart(ran, number, trust, code):
    content = FOLDER / f"uapki-{number}.content"
    given = ["--content", content] if content.exists() else []
    found, out, _ = ran(FOLDER / f"uapki-{number}.p7s", *given, *(["--trust", FOLDER / "certs"] if trust else []))
    assert found == code
    assert "ДСТУ 4145 m257, ГОСТ 34.311-95" in out
