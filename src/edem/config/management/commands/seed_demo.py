"""`./edem manage seed_demo`: settles the sample communities in an empty database; keeps them where they are."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from edem.config.sample.seeding.seed import seed


class Command(BaseCommand):
    help = "Settle the fictional sample communities (sandbox installations only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, help="where residents.json and accounts.txt go")

    def handle(self, *_args: str, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError(
                "The sample communities have open passwords: they belong on a sandbox installation only."
            )
        folder: Path = options["folder"] or settings.EDEM.state_dir
        seed(timezone.now(), say=self.say, folder=folder)  # noqa: TID251 - a command is an edge: the clock is read here

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
