"""Where things lie: the one list of the launcher's paths."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src"
TESTS = ROOT / "tests"
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"

# Everything the launcher makes for itself and for the demo; git ignores it.
STATE = ROOT / ".edem"

ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
LIBRARIES = (
    ENVIRONMENT / "Lib" / "site-packages"
    if os.name == "nt"
    else ENVIRONMENT / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
)


def made_state() -> Path:
    STATE.mkdir(mode=0o755, exist_ok=True)
    return STATE
