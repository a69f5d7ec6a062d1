"""Runs the checks, two at a time, and shows only what fails."""

import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial

from tools import catalogues, environment
from tools.checks.committed import forbidden_words
from tools.checks.locks import stale_locks
from tools.installation import database_url
from tools.places import PROGRAMS, ROOT
from tools.programs import django, let_run, python, surroundings
from tools.progress import say
from tools.stops import Stopped

SETTINGS = "edem.config.settings.dev"
EVERYTHING = (".", "edem")
TYPED = ("src/edem", "tools", "simulators")

# The slowest first, so that the two lanes end together.
PROGRAMS_THAT_CHECK = {
    "types": python("-m", "mypy", *TYPED),
    "tests": python("-m", "pytest", "--ds=edem.config.settings.test", "-q", "--collect-only"),
    "house": python("-m", "pytest", "--ds=edem.config.settings.test", "-q", "tests/house"),
    "migrations": django("makemigrations", "--check", "--dry-run"),
    "imports": [str(PROGRAMS / "lint-imports"), "--config", "importlinter.ini"],
    "lint": python("-m", "ruff", "check", *EVERYTHING),
    "format": python("-m", "ruff", "format", "--check", *EVERYTHING),
}
LOOKS: dict[str, Callable[[], str]] = {"locks": stale_locks, "words": forbidden_words}


@dataclass(frozen=True, kw_only=True)
class Finding:
    name: str
    complaint: str
    seconds: float


def check(arguments: Sequence[str]) -> int:
    known = [*PROGRAMS_THAT_CHECK, *LOOKS]
    unknown = [name for name in arguments if name not in known]
    if unknown:
        raise Stopped(f"There is no check “{unknown[0]}”. There are: {', '.join(known)}")
    environment.ready()
    catalogues.compile_stale()
    seen = surroundings(DATABASE_URL=database_url(), DJANGO_SETTINGS_MODULE=SETTINGS)
    findings = run_all([name for name in known if not arguments or name in arguments], seen)
    failed = sorted(finding.name for finding in findings if finding.complaint)
    say(f"✗ {', '.join(failed)}" if failed else f"✓ {len(findings)} checks")
    return 1 if failed else 0


def run_all(names: Sequence[str], seen: dict[str, str]) -> list[Finding]:
    findings = []
    with ThreadPoolExecutor(max_workers=2) as lanes:
        for done in as_completed([lanes.submit(partial(run_one, name, seen)) for name in names]):
            finding = done.result()
            findings.append(finding)
            say(f"{'✗' if finding.complaint else '✓'} {finding.name}, {finding.seconds:.1f} s")
            if finding.complaint:
                say(finding.complaint)
    return findings


def run_one(name: str, seen: dict[str, str]) -> Finding:
    began = time.monotonic()
    complaint = LOOKS[name]() if name in LOOKS else complaint_of(PROGRAMS_THAT_CHECK[name], seen)
    return Finding(name=name, complaint=complaint, seconds=time.monotonic() - began)


def complaint_of(command: Sequence[str], seen: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=seen,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout.strip() or f"ended with code {done.returncode}"


def fix(_arguments: Sequence[str]) -> int:
    environment.ready()
    seen = surroundings()
    mended = let_run(python("-m", "ruff", "check", "--fix", *EVERYTHING), seen)
    return let_run(python("-m", "ruff", "format", *EVERYTHING), seen) or mended
