"""Performs one batch in the worker thread: what fails alone must not take the others with it."""

import logging
from collections.abc import Mapping, Sequence
from enum import Enum
from threading import local
from time import monotonic
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled, SerializationFailure

from edem.foundation.intake.acts import Action, Outcome

log = logging.getLogger(__name__)

_TRIES: Final = 3
_IDLE_SECONDS: Final = 5.0
_WORTH_ANOTHER_TRY: Final = (DeadlockDetected, SerializationFailure)
_BUSY: Final = (LockNotAvailable, QueryCanceled, *_WORTH_ANOTHER_TRY)


class Failure(Enum):
    """Why an act has no outcome. Nothing of it was written, unless the commit's answer itself was lost."""

    BUSY = "busy"
    NO_DATABASE = "no_database"
    BUG = "bug"


Verdict = Outcome | Failure

_thread = local()


def perform(action: Action, items: Sequence[Any]) -> Mapping[Any, Verdict]:
    """Do the batch; when it breaks, halve it until the breaking item stands alone."""
    _look_to_the_connection()
    try:
        return _verdicts(action, items)
    except (OperationalError, InterfaceError) as failed:
        connection.close()
        log.warning("A batch of %d acts found no database: %s", len(items), failed)
        return dict.fromkeys(items, Failure.BUSY if isinstance(failed.__cause__, _BUSY) else Failure.NO_DATABASE)
    except Exception:
        if len(items) == 1:
            log.exception("An act failed")
            return {items[0]: Failure.BUG}
        middle = len(items) // 2
        return {**perform(action, items[:middle]), **perform(action, items[middle:])}


def _verdicts(action: Action, items: Sequence[Any]) -> Mapping[Any, Outcome]:
    for tries_left in reversed(range(_TRIES)):
        try:
            return action(items)
        except DatabaseError as failed:
            if not tries_left or not isinstance(failed.__cause__, _WORTH_ANOTHER_TRY):
                raise
    raise AssertionError


def _look_to_the_connection() -> None:
    """After a pause the server may have been restarted: ask before the acts depend on it."""
    now, used = monotonic(), getattr(_thread, "used_at", 0.0)
    _thread.used_at = now
    if connection.connection is not None and now - used > _IDLE_SECONDS and not connection.is_usable():
        connection.close()
