"""What an installation's commands see: its database, its settings and, for the demo, its own secrets."""

import os
from pathlib import Path

from tools import environment, postgres
from tools.own_secrets import own_secrets
from tools.programs import surroundings

DEMO_SETTINGS = "edem.config.settings.demo"
PRODUCTION_SETTINGS = "edem.config.settings.prod"


def database_url() -> str:
    """The server that was given, or the embedded one, started."""
    file = os.environ.get("DATABASE_URL_FILE")
    given = Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get("DATABASE_URL")
    return given or postgres.start()


def installation(*, settings: str | None = None, **more: str) -> dict[str, str]:
    """Make everything ready and say to a child where it is. What the person set in the environment wins."""
    environment.ready_to_serve()
    settings = settings or os.environ.get("DJANGO_SETTINGS_MODULE", DEMO_SETTINGS)
    made = own_secrets() if settings == DEMO_SETTINGS else {}
    given = {name: value for name, value in os.environ.items() if name.startswith("EDEM_")}
    return surroundings(
        **(made | more | given),
        DATABASE_URL=database_url(),
        DJANGO_SETTINGS_MODULE=settings,
    )
