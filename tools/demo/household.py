"""Several programs that live and die together: one that falls ends all, and Ctrl-C ends all."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tools.demo.processes import Process
from tools.places import JOURNALS, ROOT
from tools.stops import Stopped, last_lines_of

SECONDS_TO_START = 90
# A worker is given half a minute for the jobs in hand.
SECONDS_TO_STOP = 35
BETWEEN_LOOKS = 0.2
PR_SET_PDEATHSIG = 1


@dataclass
class Household:
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked_to_stop: bool = False

    def listen_for_the_end(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signal's own arguments
        self.asked_to_stop = True

    def start(self, processes: Sequence[Process]) -> None:
        """Start each, then wait until every port answers."""
        for process in processes:
            self._start_one(process)
        for process in processes:
            if process.port is not None:
                self._wait_for(process.name, process.port)

    def _start_one(self, process: Process) -> None:
        JOURNALS.mkdir(parents=True, exist_ok=True)
        with journal_of(process.name).open("wb") as journal:
            self.running[process.name] = subprocess.Popen(
                process.command,
                cwd=ROOT,
                env={**self.environment, **process.more},
                stdin=subprocess.DEVNULL,
                stdout=journal,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C comes to the launcher alone, and the launcher ends the group in order.
                start_new_session=True,
                preexec_fn=end_with_the_parent(os.getpid()),  # noqa: PLW1509 - the launcher has one thread
            )

    def _wait_for(self, name: str, port: int) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while not answers(port) and not self.asked_to_stop:
            self.check_all_alive()
            if time.monotonic() > until:
                raise Stopped(f"“{name}” does not answer. Its journal: {journal_of(name)}", last_lines=tail_of(name))
            time.sleep(BETWEEN_LOOKS)

    def watch(self) -> None:
        """Until somebody asks to stop, or a member dies."""
        while not self.asked_to_stop:
            self.check_all_alive()
            time.sleep(BETWEEN_LOOKS)

    def check_all_alive(self) -> None:
        for name, child in self.running.items():
            if child.poll() is not None:
                raise Stopped(
                    f"“{name}” has stopped by itself (code {child.returncode}), so the demo ends. "
                    f"Its journal: {journal_of(name)}",
                    last_lines=tail_of(name),
                )

    def stop(self) -> None:
        """The last started goes first; whoever does not go in time is ended."""
        for child in reversed(self.running.values()):
            signal_group(child, signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_STOP
        for child in self.running.values():
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                signal_group(child, signal.SIGKILL)
                child.wait()
        self.running.clear()


def end_with_the_parent(parent: int) -> Callable[[], None] | None:
    """On Linux the kernel itself ends a child whose launcher was killed without a word (prctl PR_SET_PDEATHSIG)."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)

    def ask_the_kernel() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed in between
            os._exit(1)

    return ask_the_kernel


def signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if child.poll() is None:
        os.killpg(child.pid, number)


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def journal_of(name: str) -> Path:
    return JOURNALS / f"{name}.txt"


def tail_of(name: str) -> str:
    return last_lines_of(journal_of(name).read_text(errors="replace"))
