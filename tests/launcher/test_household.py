"""The demo's programs live and die together. Real children, real signals."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import astuple

import pytest

from tools.demo import household as rooms
from tools.demo.household import Household, answers
from tools.demo.ports import HELPERS, ports_for
from tools.demo.processes import Process
from tools.ports import first_free
from tools.stops import Stopped

LISTENS = (
    "import socket, time; s = socket.create_server(('127.0.0.1', {port})); print('open', flush=True); time.sleep(60)"
)
FALLS = "import sys; print('the last word'); sys.exit(3)"
DEAF = "import signal, socket, time; signal.signal(15, signal.SIG_IGN); s = socket.create_server(('127.0.0.1', {port})); time.sleep(60)"


@pytest.fixture
def household(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "JOURNALS", tmp_path / "journals")
    household = Household(dict(os.environ))
    yield household
    household.stop()


def child(name, program, port=None):
    return Process(name=name, command=[sys.executable, "-c", program.format(port=port)], port=port)


def test_everything_that_was_started_answers_and_stops(household):
    port = first_free(20_000)
    household.start([child("listener", LISTENS, port)])
    assert answers(port)
    household.stop()
    assert not answers(port)


def test_a_child_that_dies_ends_the_demo_and_shows_its_last_words(household):
    household.start([child("falls", FALLS)])
    with pytest.raises(Stopped) as stopped:
        household.watch()
    assert "“falls” has stopped by itself (code 3)" in stopped.value.sentence
    assert stopped.value.last_lines == "the last word"


def test_a_child_that_does_not_listen_is_ended(household, monkeypatch):
    monkeypatch.setattr(rooms, "SECONDS_TO_STOP", 0.5)
    port = first_free(20_000)
    household.start([child("deaf", DEAF, port)])
    household.stop()
    assert not answers(port)


def test_a_request_to_stop_ends_the_watch(household):
    household.start([child("listener", LISTENS, first_free(20_000))])
    household.asked_to_stop = True
    household.watch()


def test_a_taken_port_is_named_together_with_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Stopped, match=rf"Port {port} is taken by another program\. Try: \./edem demo --port \d+"):
            ports_for(port)


def test_sigterm_to_the_launcher_stops_the_children(tmp_path):
    """The whole way: a launcher process, its child, and a signal from outside."""
    port = first_free(20_000)
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tools.demo import household as rooms\n"
        "from tools.demo.processes import Process\n"
        f"rooms.JOURNALS = Path({str(tmp_path)!r})\n"
        "home = rooms.Household(dict(os.environ))\n"
        "home.listen_for_the_end()\n"
        f"home.start([Process(name='one', command=[sys.executable, '-c', {LISTENS.format(port=port)!r}], port={port})])\n"
        "print('ready', flush=True)\n"
        "home.watch()\n"
        "home.stop()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout.readline().strip() == "ready"
        launcher.send_signal(signal.SIGTERM)
        assert launcher.wait(timeout=20) == 0
    assert not answers(port)


def test_the_site_and_its_stands_never_share_a_port():
    ports = ports_for(first_free(HELPERS["identity"]))
    given = astuple(ports)
    assert len(set(given)) == len(given), ports
