"""Where things lie: the one list of the launcher's paths."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src"
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"
CATALOGUES = SOURCES / "edem" / "config" / "locale"

# Everything the launcher makes for itself and for the demo; git ignores it.
STATE = ROOT / ".edem"
JOURNALS = STATE / "journals"

ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / "bin"
PYTHON = PROGRAMS / "python"
LIBRARIES = ENVIRONMENT / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


def made_state() -> Path:
    STATE.mkdir(exist_ok=True)
    return STATE
