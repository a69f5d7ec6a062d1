"""./edem manage openapi: the API's description as it is kept in the repository and served to programs."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from edem.portals.public_api import api

KEPT = Path(api.__file__).with_name("openapi.json")


def description() -> str:
    schema = api.api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n"


class Command(BaseCommand):
    help = "Write the description of the API (src/edem/portals/public_api/openapi.json)."

    def handle(self, **options: object) -> None:
        del options
        KEPT.write_text(description(), encoding="utf-8")
        self.stdout.write(f"{KEPT.name}: written")
