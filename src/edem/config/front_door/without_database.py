"""What becomes of a request when the database is away, full or held by a lock: a sentence and a time to come back."""

import logging
from collections.abc import Mapping
from typing import Final

from django.db import connections
from starlette.types import Scope, Send

from edem.config.front_door.kind_pages import send_kind_page
from edem.foundation.intake.failures import Failure, failure_of
from edem.kernel.ukrainian import N_

log = logging.getLogger(__name__)

RETRY_SECONDS: Final = 30

SENTENCES: Final[Mapping[Failure, str]] = {
    Failure.NO_DATABASE: N_(
        "Сайт зараз не може дістатися своїх даних. Те, що вже збережено, на місці. Спробуйте ще раз за хвилину."
    ),
    Failure.NO_ROOM: N_("Читати сторінки можна, а зберегти зараз нічого не вдається. Спробуйте за кілька хвилин."),
    Failure.BUSY: N_("Зараз дуже багато запитів. Спробуйте ще раз за хвилину."),
}

_LIMITS: Final[Mapping[str, str]] = {
    "lock_timeout": "4s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
}


def wait_no_longer() -> None:
    """Bound every wait of this web process; jobs and commands, which nobody sits and waits for, keep the server's own.

    Called before the first connection is made.
    """
    options = connections.settings["default"]["OPTIONS"]
    given = options.get("options", "")
    options["options"] = " ".join([*(f"-c {name}={limit}" for name, limit in _LIMITS.items()), given]).strip()


async def send_trouble(error: Exception, scope: Scope, send: Send, *, room: str) -> None:
    """The front door itself failed: because of the database, or by a bug."""
    failure = failure_of(error)
    if failure is Failure.BUG:
        log.error("The front door failed in the room %s", room, exc_info=error)
        await send_kind_page(scope, send, 500)
    else:
        log.warning("The database failed the front door in the room %s: %s", room, failure.value)
        await send_kind_page(scope, send, 503, SENTENCES[failure])
