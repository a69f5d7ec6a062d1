"""Counting by minutes: alone, and together with other processes through one file."""

import os
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel import counts
from edem.kernel.counts import SIZE, WINDOW_SECONDS, Counts, SharedTable, share_counts

MOST = 600
TRIES = 2_000
PROCESSES = 3
OTHER = """
import os, sys
from pathlib import Path
from edem.kernel.counts import SharedTable
table = SharedTable(Path(sys.argv[1]), server=7, process=os.getpid())
print("ready", flush=True)
sys.stdin.readline()
print(sum(table.count("10.0.0.1", moment=7.0) <= int(sys.argv[2]) for _ in range(int(sys.argv[3]))))
"""


@pytest.fixture
def shared(tmp_path):
    share_counts(tmp_path)
    yield tmp_path
    counts._shared = None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2)), max_size=200))
def test_tables_of_two_processes_count_as_one_memory_does(tmp_path_factory, happened):
    """Few enough to fit; each minute begins anew."""
    folder, known = tmp_path_factory.mktemp("tables"), Counter()
    both = [SharedTable(folder, server=1, process=process) for process in (os.getpid(), os.getppid())]
    for place, (key, minute) in enumerate(sorted(happened, key=lambda each: each[1])):
        known[key, minute] += 1
        assert both[place % 2].count(str(key), moment=minute * WINDOW_SECONDS) == known[key, minute]


def test_the_busiest_are_remembered_when_there_are_too_many(tmp_path):
    table = SharedTable(tmp_path, server=1, process=os.getpid())
    for _ in range(100):
        table.count("the busiest", moment=1.0)
    for number in range(150_000):
        table.count(f"passer-by {number}", moment=1.0)
    assert table.count("the busiest", moment=1.0) == 101
    [file] = tmp_path.iterdir()
    assert file.stat().st_size == SIZE < 1024 * 1024


def test_processes_of_one_machine_keep_one_limit(tmp_path):
    """A thousand posts a second spread over all of them: together they let in what one would."""
    command = [sys.executable, "-c", OTHER, str(tmp_path), str(MOST), str(TRIES)]
    way = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with ExitStack() as running:
        others = [
            running.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=way)
            )
            for _ in range(PROCESSES)
        ]
        assert {each.stdout.readline() for each in others} == {"ready\n"}
        for each in others:
            each.stdin.write("\n")
            each.stdin.flush()
        admitted = sum(int(each.communicate()[0]) for each in others)
    assert MOST - PROCESSES <= admitted <= MOST, "alone each would have let in as many"


def test_what_has_a_name_is_shared_and_the_rest_is_not(shared):
    one, other = Counts(name="forms"), Counts(name="forms")
    assert [one.count("10.0.0.1", moment=1.0), other.count("10.0.0.1", moment=2.0)] == [1, 2]
    assert Counts(name="api").count("10.0.0.1", moment=1.0) == 1
    assert Counts().count("10.0.0.1", moment=1.0) == 1
    assert one.count("10.0.0.1", moment=1.0 + WINDOW_SECONDS) == 1


def test_no_address_is_written(shared):
    Counts(name="forms").count("203.0.113.77", moment=1.0)
    [file] = shared.iterdir()
    content = file.read_bytes()
    assert any(content)
    assert b"203.0.113" not in content
    assert file.stat().st_mode & 0o777 == 0o600


def test_servers_count_apart_and_what_dead_processes_left_is_taken_away(tmp_path):
    (tmp_path / "counts-1-4194305").touch()  # no process can have this number
    one = SharedTable(tmp_path, server=1, process=os.getpid())
    other = SharedTable(tmp_path, server=2, process=os.getppid())
    assert [one.count("10.0.0.1", moment=1.0), other.count("10.0.0.1", moment=1.0)] == [1, 1]
    assert {each.name for each in tmp_path.iterdir()} == {f"counts-1-{os.getpid()}", f"counts-2-{os.getppid()}"}


def test_a_folder_that_cannot_be_written_leaves_each_process_its_own_count(tmp_path, caplog):
    share_counts(tmp_path / "nowhere")
    assert "counted by each process alone" in caplog.text
    assert [Counts(name="forms").count("10.0.0.1", moment=1.0) for _ in range(2)] == [1, 1]
