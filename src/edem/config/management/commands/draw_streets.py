"""`./edem manage draw_streets FILE`: the base map of the sample's places, for `EDEM_MAP_ARCHIVE` of the demo."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from edem.config.sample.base_map.archive import draw_base_map


class Command(BaseCommand):
    help = "Draw the streets of the fictional sample communities into a PMTiles file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: str, **options: Any) -> None:
        draw_base_map(options["file"])
