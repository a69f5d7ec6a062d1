"""Performs one batch in the worker thread: what fails alone must not take the others with it."""

import logging
from collections.abc import Mapping, Sequence
from threading import local
from time import monotonic
from typing import Any, Final

from django.db import DatabaseError, connection

from edem.foundation.intake.acts import Action, Outcome
from edem.foundation.intake.failures import WORTH_ANOTHER_TRY, Failure, failure_of

log = logging.getLogger(__name__)

_TRIES: Final = 3
_IDLE_SECONDS: Final = 5.0

Verdict = Outcome | Failure

_thread = local()


def perform(action: Action, items: Sequence[Any]) -> Mapping[Any, Verdict]:
    """Do the batch; when it breaks, halve it until the breaking item stands alone."""
    _look_to_the_connection()
    try:
        return _verdicts(action, items)
    except Exception as failed:
        failure = failure_of(failed)
        if failure is not Failure.BUG:
            connection.close()
            log.warning("A batch of %d acts was not written: %s", len(items), failed)
            return dict.fromkeys(items, failure)
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
            if not tries_left or not isinstance(failed.__cause__, WORTH_ANOTHER_TRY):
                raise
    raise AssertionError


def _look_to_the_connection() -> None:
    """After a pause the server may have been restarted: ask before the acts depend on it."""
    now, used = monotonic(), getattr(_thread, "used_at", 0.0)
    _thread.used_at = now
    if connection.connection is not None and now - used > _IDLE_SECONDS and not connection.is_usable():
        connection.close()
