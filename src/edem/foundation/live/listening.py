"""One LISTEN connection per process: what other processes changed reaches this one's memory."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

import psycopg
from django.db import DatabaseError, close_old_connections, connections
from psycopg import sql

log = logging.getLogger(__name__)

_WAKE_SECONDS: Final = 0.5
_LONGEST_PAUSE: Final = 10.0


@dataclass(frozen=True, kw_only=True)
class Hearer:
    """`on_notice` gets each payload; `on_connect` runs after every (re)connection, since notices were missed.

    Both run in the listening thread and may read the database.
    """

    channel: str
    on_notice: Callable[[str], None]
    on_connect: Callable[[], None]


_HEARERS: list[Hearer] = []


def hears(channel: str, *, on_notice: Callable[[str], None], on_connect: Callable[[], None]) -> Hearer:
    """Say in AppConfig.ready() what this process must hear; channels of your own are welcome."""
    hearer = Hearer(channel=channel, on_notice=on_notice, on_connect=on_connect)
    _HEARERS.append(hearer)
    return hearer


class Ear:
    """Listens in a thread of its own until it is stopped; a lost database is waited for."""

    def __init__(self, hearers: list[Hearer] | None = None) -> None:
        self.hearers = _HEARERS if hearers is None else hearers
        self.listening = Event()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="ear", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        pause = 0.1
        while not self._stopping.is_set():
            try:
                self._listen()
                pause = 0.1
            except (psycopg.Error, DatabaseError) as lost:
                log.warning("The listening connection was lost: %s", lost)
                self._stopping.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            finally:
                self.listening.clear()
                connections.close_all()

    def _listen(self) -> None:
        with psycopg.connect(**_address(), autocommit=True) as own:
            for channel in {hearer.channel for hearer in self.hearers}:
                own.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            for hearer in self.hearers:
                hearer.on_connect()
            self.listening.set()
            while not self._stopping.is_set():
                for notice in own.notifies(timeout=_WAKE_SECONDS):
                    self._hear(notice.channel, notice.payload)
                close_old_connections()

    def _hear(self, channel: str, payload: str) -> None:
        for hearer in self.hearers:
            if hearer.channel == channel:
                _safely(hearer, payload)


def _address() -> dict[str, object]:
    params = connections["default"].get_connection_params()
    return {key: value for key, value in params.items() if key not in {"cursor_factory", "context"}}


def _safely(hearer: Hearer, payload: str) -> None:
    """One deaf hearer must not silence the others."""
    try:
        hearer.on_notice(payload)
    except Exception:
        log.exception("Could not act on a notice of %s", hearer.channel)
