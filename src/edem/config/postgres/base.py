"""Django's PostgreSQL backend that calls nothing done which the standby has not got (design §5).

When a wait for the synchronous standby is cut short (a timeout, an operator), PostgreSQL answers COMMIT with success
and a warning beside it, though the rows would be lost with this server. Here such a commit is an error: nobody hears
that their act was taken.
"""

from typing import Any, Final

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base

_WAIT_FOR_STANDBY: Final = "SyncRepWaitForLSN"
"""The place in the server that warns; its words come in the server's language."""


class Doubt:
    """What a connection was warned of. Apart from it, so that neither keeps the other alive."""

    def __init__(self) -> None:
        self.is_cast = False

    def hear(self, notice: psycopg.errors.Diagnostic) -> None:
        self.is_cast |= notice.source_function == _WAIT_FOR_STANDBY


class DatabaseWrapper(base.DatabaseWrapper):
    _doubt = Doubt()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self._doubt = Doubt()
        connection.add_notice_handler(self._doubt.hear)
        return connection

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # django-stubs leave it out
        if self._doubt.is_cast:
            self._doubt.is_cast = False
            raise OperationalError("Committed on this server alone: the wait for its standby was cut short")
