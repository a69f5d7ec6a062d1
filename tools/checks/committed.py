"""Words that must not be committed: addresses of package registries and paths of somebody's machine."""

import re
import subprocess

from tools.places import ROOT

FORBIDDEN = {
    "a package registry's address": re.compile(
        rb"--(?:extra-)?index-url|--find-links|\"resolved\": *\"http"
        rb"|registry\.npmjs\.|pythonhosted\.org|pypi\.org/simple"
    ),
    "a path of somebody's machine": re.compile(rb"(?<![\w.~-])/(?:home|Users|root|work)/[\w.-]+/"),
}
NEW_LINE = b"\n"
SELF = "tools/checks/committed.py"


def forbidden_words() -> str:
    found = [fault for name in tracked() if name != SELF for fault in faults_in(name)]
    return "\n".join(found)


def tracked() -> list[str]:
    """What git keeps; in a copy without git there is nothing to look at."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def faults_in(name: str) -> list[str]:
    text = (ROOT / name).read_bytes()
    return [
        f"{name}:{text[: found.start()].count(NEW_LINE) + 1}: {what}"
        for what, pattern in FORBIDDEN.items()
        for found in pattern.finditer(text)
    ]
