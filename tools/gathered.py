"""The gathered styles and scripts that production serves: collected anew when their sources have changed."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.environment import SERVING_LOCK
from tools.places import NODE_MODULES, SOURCES, STATE
from tools.programs import django, must_run
from tools.progress import step

STAMP = ".edem-sources"
FONTS = NODE_MODULES / "@fontsource-variable" / "onest" / "files"


def gather_if_stale(environment: Mapping[str, str]) -> None:
    folder = folder_of(environment)
    wanted = fingerprint()
    if read(folder / STAMP) == wanted and (folder / "staticfiles.json").exists():
        return
    # What older pages still ask for is left there: every file carries its hash in its name.
    with step("Gathering styles and scripts"):
        must_run(
            django("collectstatic", "--no-input"), environment,
            failing=f"Styles and scripts could not be gathered into {folder}; the reason is above.",
        )  # fmt: skip
        # Development serves them from where they lie; then there is nothing to stamp.
        if folder.exists():
            (folder / STAMP).write_text(wanted)


def folder_of(environment: Mapping[str, str]) -> Path:
    state = Path(environment.get("EDEM_STATE_DIR", STATE))
    return Path(environment.get("EDEM_STATIC_DIR", state / "static"))


def fingerprint() -> str:
    digest = hashlib.sha256(SERVING_LOCK.read_bytes())  # some styles come inside packages
    for path in sources():
        digest.update(os.fsencode(path.name) + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    """Every folder `static` of the house, the styles that are joined into one, and the fonts."""
    found = {path for path in SOURCES.rglob("*") if path.suffix in {".css", ".js", ".svg", ".png", ".ico", ".woff2"}}
    yield from sorted(path for path in found | set(FONTS.glob("*")) if path.is_file())


def read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""
