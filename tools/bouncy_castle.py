"""Finds Debian's BouncyCastle and Java, which our algorithms are compared with; installs them where that is plain."""

import os
import shutil
from pathlib import Path

from tools.programs import must_run, surroundings
from tools.progress import say, step
from tools.stops import Stopped

JAR = Path("/usr/share/java/bcprov.jar")
PACKAGES = ("libbcprov-java", "default-jdk-headless")
HOW = f"BouncyCastle is not here: apt-get install {' '.join(PACKAGES)}"


def found() -> Path | None:
    # The compiler is asked for: java runs a source file only with it.
    return JAR if JAR.exists() and shutil.which("java") and shutil.which("javac") else None


def install_where_plain() -> None:
    """Without it the comparison is left out, visibly: nothing else needs it."""
    if found() is not None or os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return
    quiet = surroundings(DEBIAN_FRONTEND="noninteractive")
    missing = [PACKAGES[0], *([] if shutil.which("javac") else PACKAGES[1:])]
    try:
        with step("Installing BouncyCastle for the comparison of algorithms"):
            must_run(["apt-get", "update"], quiet, failing=HOW)
            must_run(["apt-get", "install", "--yes", "--no-install-recommends", *missing], quiet, failing=HOW)
    except Stopped as stopped:
        say(stopped.sentence)
