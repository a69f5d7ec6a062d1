"""./edem manage read_bounces FILE…: returned mail from files, mbox files or Maildir folders."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from edem.foundation.notices.inbox import read_files


class Command(BaseCommand):
    help = "Прочитати повернуті листи з файлів, скриньок mbox або тек Maildir."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path)

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        del args, options
        now = datetime.now(UTC)  # noqa: TID251 - the edge
        for verdict, count in sorted(read_files(paths, now=now).items()):
            self.stdout.write(f"{verdict}: {count}")
