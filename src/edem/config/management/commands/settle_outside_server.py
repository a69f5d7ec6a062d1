"""`./edem manage settle_outside_server URL`: the demo tells the sample where its power company's stand listens."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from edem.config.sample.seeding.outside_server import settle_outside_server


class Command(BaseCommand):
    help = "Name the Open311 server of the sample's power company (sandbox installations only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="up to «/v2»")
        parser.add_argument("--key", required=True, help="the api_key that it expects")

    def handle(self, *_args: str, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("The sample communities belong on a sandbox installation only.")
        settle_outside_server(options["url"], api_key=options["key"], now=timezone.now())  # noqa: TID251 - a command is an edge
