"""The lock files hold everything that is asked for, each with its hashes. Needs no network."""

import json
import re
from pathlib import Path

from tools.places import REQUIREMENTS, ROOT

ASKED = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)")
PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>\S+)( ; [^\\\n]+)? \\\n +--hash=", re.MULTILINE
)


def stale_locks() -> str:
    return "\n".join([*python_faults(), *node_faults()])


def python_faults() -> list[str]:
    base, dev = pins(REQUIREMENTS / "base.txt"), pins(REQUIREMENTS / "dev.txt")
    faults = [f"requirements/base.txt lacks {name}" for name in sorted(asked(REQUIREMENTS / "base.in") - base.keys())]
    faults += [f"requirements/dev.txt lacks {name}" for name in sorted(asked(REQUIREMENTS / "dev.in") - dev.keys())]
    faults += [
        f"requirements/dev.txt has {name} {dev.get(name, 'not at all')}, base.txt {version}"
        for name, version in base.items()
        if dev.get(name) != version
    ]
    return faults


def asked(file: Path) -> set[str]:
    lines = (line.strip() for line in file.read_text().splitlines())
    return {normal(found["name"]) for line in lines if (found := ASKED.match(line))}


def pins(file: Path) -> dict[str, str]:
    return {normal(found["name"]): found["version"] for found in PINNED.finditer(file.read_text())}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def node_faults() -> list[str]:
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    faults = [
        f"package-lock.json has other {kind} than package.json"
        for kind in ("dependencies", "devDependencies")
        if wanted.get(kind) != locked[""].get(kind)
    ]
    return faults + [
        f"package-lock.json has no hash for {path}"
        for path, entry in locked.items()
        if path and "integrity" not in entry
    ]
