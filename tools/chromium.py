"""Finds the browser that the journeys walk in, or installs it where that is plain to do."""

import os
import shutil
from pathlib import Path

from tools.programs import must_run, surroundings
from tools.progress import step
from tools.stops import Stopped

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

HOW = (
    "The browser tests need Chromium, which is not here. Install it (Debian or Ubuntu: sudo apt-get install chromium; "
    'macOS: brew install --cask chromium), or leave them out: ./edem test -m "not browser"'
)


def found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def found_or_installed() -> str:
    here = found()
    if here is None and os.geteuid() == 0 and Path("/etc/debian_version").exists():
        install()
        here = found()
    if here is None:
        raise Stopped(HOW)
    return here


def install() -> None:
    quiet = surroundings(DEBIAN_FRONTEND="noninteractive")
    with step("Installing Chromium for the browser tests"):
        must_run(["apt-get", "update"], quiet, failing=HOW)
        must_run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], quiet, failing=HOW)
