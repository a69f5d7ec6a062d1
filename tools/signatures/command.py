"""The launcher's side: the environment is made ready, nothing else is started, the person's own folder stays."""

import subprocess
from collections.abc import Sequence

from tools import environment
from tools.programs import python, surroundings


def verify_signature(arguments: Sequence[str]) -> int:
    environment.ready_to_serve()
    return subprocess.call(python("-m", "tools.signatures.run", *arguments), env=surroundings())
