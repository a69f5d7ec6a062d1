"""`./edem serve` and what it starts: one word ends all of it, within seconds, and nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_hex
from threading import Event
from time import monotonic

import httpx
import pytest

from edem.config.front_door.tests.serving import cloned_database
from edem.foundation.intake.limits import Limits
from edem.kernel.counts import WINDOW_SECONDS
from tools.demo.household import answers
from tools.gathered import gather_if_stale
from tools.places import ROOT
from tools.ports import first_free

SECONDS = 15
AS_LONG_AS_BEGINNING = 2
"""Times: a machine that is busy with other things needs longer for both."""

pytestmark = pytest.mark.django_db


def soon(is_so: Callable[[], bool], *, seconds: float = 90) -> bool:
    pause, until = Event(), monotonic() + seconds
    while not is_so():
        if monotonic() > until:
            return False
        pause.wait(0.05)
    return True


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned_database(f"served_{token_hex(3)}") as address:
        yield address


def surroundings(database: str, state: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ, "DATABASE_URL": database, "EDEM_STATE_DIR": str(state), "EDEM_ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "edem.config.settings.demo", **more,
    }  # fmt: skip


@contextmanager
def served(database: str, state: Path, said: Path, **more: str) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    """The launcher, its address, and in how many seconds it must have ended."""
    port = first_free(21_000)
    given = surroundings(database, state, **more)
    began = monotonic()
    with said.open("wb") as journal:
        process = subprocess.Popen(
            [sys.executable, "edem", "serve", f"--port={port}", "--workers=2"],
            cwd=ROOT, env=given, stdout=journal, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            assert soon(lambda: answers(port) or process.poll() is not None)
            assert process.poll() is None, said.read_text()
            yield process, f"http://127.0.0.1:{port}", max(SECONDS, AS_LONG_AS_BEGINNING * (monotonic() - began))
        finally:
            process.terminate()  # killed, it would leave its two workers behind
            process.wait(timeout=60)


@pytest.fixture(scope="module")
def state(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("state")


def test_serving_gathers_the_styles_and_ends_at_one_word(database, state, tmp_path):
    with served(database, state, tmp_path / "said") as (process, address, seconds):
        assert httpx.get(f"{address}/health/live", trust_env=False).status_code == 200
        hashed = json.loads((state / "static" / "staticfiles.json").read_text())["paths"]["ui/core.css"]
        style = httpx.get(f"{address}/static/{hashed}", trust_env=False)
        assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
        workers = children(process.pid)
        assert len(workers) >= 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=seconds) == 0
    assert not any(is_running(worker) for worker in workers)
    assert not answers(int(address.rpartition(":")[2]))


def test_two_processes_let_in_as_many_strangers_as_one(database, state, tmp_path):
    """Whoever spreads a flood over the processes of a server gains nothing (decision 0020)."""
    most, too_many = Limits().strangers_of_address, 60
    with served(database, state, tmp_path / "said") as (process, address, _), ThreadPoolExecutor(4) as strangers:
        assert soon(lambda: len(list(state.glob(f"counts-{process.pid}-*"))) >= 2)  # both of them serve
        host = address.removeprefix("http://")
        for _ in range(3):
            minute = monotonic() // WINDOW_SECONDS
            statuses = Counter(strangers.map(knock, [host] * (most + too_many)))
            if monotonic() // WINDOW_SECONDS == minute:
                break
            assert soon(lambda: monotonic() % WINDOW_SECONDS < 5)  # a whole minute from its beginning
    assert statuses[429] == too_many


def knock(host: str) -> int:
    """A stranger's form, each over a connection of its own."""
    door = HTTPConnection(host)
    try:
        door.request("POST", "/language/uk/", headers={"Content-Type": "application/x-www-form-urlencoded"})
        return door.getresponse().status
    finally:
        door.close()


def test_what_is_gathered_already_is_not_gathered_again_and_the_journal_is_json(database, state, tmp_path):
    gather_if_stale(surroundings(database, state))
    said = tmp_path / "said"
    with served(database, state, said, EDEM_LOG_FORMAT="json") as (process, address, seconds):
        assert httpx.get(f"{address}/health/live", trust_env=False).status_code == 200
        process.send_signal(signal.SIGTERM)  # one of the two is still loading, as often as not
        assert process.wait(timeout=seconds) == 0
    lines = said.read_text().splitlines()
    assert lines
    told = [json.loads(line) for line in lines]
    assert all({"time", "level", "logger", "event"} <= line.keys() for line in told)
    assert any(line["logger"] == "_granian" for line in told)


def test_a_process_told_to_stop_while_it_loads_ends_at_once():
    """The server's own handlers only note the word; inherited, they must not swallow it."""
    program = (
        "import os, signal\n"
        "signal.signal(signal.SIGTERM, lambda *_: None)\n"
        "from edem.config import server\n"
        "server.import_module = lambda name: os.kill(os.getpid(), signal.SIGTERM)\n"
        "server.application()\n"
        "print('went on')\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT / "src", check=False, capture_output=True, text=True
    )
    assert told.returncode == -signal.SIGTERM, told
    assert "went on" not in told.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's own signal is Linux's")
def test_a_killed_demo_takes_its_programs_with_it(tmp_path):
    port = first_free(22_000)
    listens = f"import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(60)"
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tools.demo import household as rooms\n"
        "from tools.demo.processes import Process\n"
        f"rooms.JOURNALS = Path({str(tmp_path)!r})\n"
        "home = rooms.Household(dict(os.environ))\n"
        f"home.start([Process(name='one', command=[sys.executable, '-c', {listens!r}], port={port})])\n"
        "print('ready', flush=True)\n"
        "home.watch()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout.readline().strip() == "ready"
        launcher.kill()
    assert soon(lambda: not answers(port), seconds=SECONDS)
