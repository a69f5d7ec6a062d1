"""What the database and the pages need before the demo opens, in one go: Django starts once, not three times.

Runs inside the environment: `python -m tools.demo.settling`, with the file for the streets of the sample's maps, then
the address and the key of the company's server.
"""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from io import StringIO

import django
from django.core.management import call_command

from tools.progress import step


class Heard(StringIO):
    """Hands each line that a command writes to whoever shows the progress."""

    def __init__(self, is_at: Callable[[str], None]) -> None:
        super().__init__()
        self.is_at = is_at

    def write(self, text: str) -> int:
        if text.strip():
            self.is_at(text.strip())
        return len(text)


def settle(streets: str, outside: str, key: str) -> None:
    with step("Bringing the database up to date"):
        django.setup()
        logging.disable(logging.WARNING)
        call_command("migrate", verbosity=0)
    with step("Gathering styles and scripts"):
        call_command("collectstatic", interactive=False, verbosity=0)
    with step("Drawing the streets of the sample community"):
        call_command("draw_streets", streets)
    with step("Settling the sample community") as is_at:
        call_command("seed_demo", stdout=Heard(is_at))
        call_command("settle_outside_server", outside, key=key)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # the launcher hears Ctrl-C too, and says what there is to say
        settle(*sys.argv[1:4])
        sys.exit(0)
    sys.exit(130)
