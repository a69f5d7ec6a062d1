"""How a program of the environment is run: which settings it sees and where its words go."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from tools.places import PROGRAMS, PYTHON, ROOT, SOURCES
from tools.stops import DISK_IS_FULL, Stopped, last_lines_of


def surroundings(**more: str) -> dict[str, str]:
    """The person's own environment, the sources on the path, UTF-8 whatever the machine's locale is."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(SOURCES), str(ROOT)]),
        "PYTHONUTF8": "1",
        "PATH": os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", "")]),
        **more,
    }


def python(*arguments: str) -> list[str]:
    return [str(PYTHON), *arguments]


def django(*arguments: str) -> list[str]:
    return python("-m", "django", *arguments)


def let_run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """The program has the screen and the keyboard to itself; its exit code is ours."""
    sys.stdout.flush()
    return subprocess.call(command, cwd=ROOT, env=dict(environment))


def become(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """The program takes our place: whoever stops us stops it, and no signal is lost between two processes."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execvpe(command[0], list(command), dict(environment))  # noqa: S606 - no shell is wanted


def must_run(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    failing: str,
    heard: Callable[[str], object] = len,
) -> str:
    """Run to the end in silence, hand each line to `heard`; a failure shows the last of them."""
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as running:
        for line in running.stdout or ():
            lines.append(line)
            heard(line.strip())
    said = "".join(lines)
    if running.returncode != 0:
        no_room = "No space left on device" in said or "ENOSPC" in said
        raise Stopped(DISK_IS_FULL if no_room else failing, last_lines=last_lines_of(said))
    return said
