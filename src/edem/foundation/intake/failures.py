"""Why an act has no outcome: what ails the database or the disk, told apart from a bug of ours."""

from collections.abc import Iterator
from enum import Enum
from typing import Final

import psycopg
from django.db import InterfaceError, OperationalError
from psycopg.errors import DeadlockDetected, DiskFull, LockNotAvailable, QueryCanceled, SerializationFailure
from psycopg.errors import ReadOnlySqlTransaction as OnStandby

from edem.foundation.files.rules import is_without_room


class Failure(Enum):
    """Nothing of the act was written, unless the commit's answer itself was lost."""

    BUSY = "busy"
    NO_DATABASE = "no_database"
    NO_ROOM = "no_room"
    BUG = "bug"


WORTH_ANOTHER_TRY: Final = (DeadlockDetected, SerializationFailure)
_BUSY: Final = (LockNotAvailable, QueryCanceled, *WORTH_ANOTHER_TRY)
_AWAY: Final = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError, OnStandby)


def failure_of(error: BaseException | None) -> Failure:
    """Libraries wrap the driver's own error in theirs, so the whole chain of causes is asked."""
    chain = list(_causes(error))
    if any(isinstance(each, DiskFull) or is_without_room(each) for each in chain):
        return Failure.NO_ROOM
    if any(isinstance(each, _BUSY) for each in chain):
        return Failure.BUSY
    return Failure.NO_DATABASE if any(isinstance(each, _AWAY) for each in chain) else Failure.BUG


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
