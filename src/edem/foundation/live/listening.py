"""One LISTEN connection per process: what other processes changed reaches this one's memory."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Final

import psycopg
from django.db import DatabaseError, close_old_connections, connections
from psycopg import sql

log = logging.getLogger(__name__)

_WAKE_SECONDS: Final = 0.5
_SHORTEST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 3.0


@dataclass(frozen=True, kw_only=True)
class Hearer:
    """`on_notice` gets each payload; `on_connect` runs after every (re)connection, since notices were missed.

    `on_lost` runs when the connection is gone. All run in the listening thread and may read the database.
    """

    channel: str
    on_notice: Callable[[str], None]
    on_connect: Callable[[], None]
    on_lost: Callable[[], None]


_HEARERS: list[Hearer] = []


def hears(
    channel: str,
    *,
    on_notice: Callable[[str], None],
    on_connect: Callable[[], None],
    on_lost: Callable[[], None] = lambda: None,
) -> Hearer:
    """Say in AppConfig.ready() what this process must hear; channels of your own are welcome."""
    hearer = Hearer(channel=channel, on_notice=on_notice, on_connect=on_connect, on_lost=on_lost)
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
        pause = _SHORTEST_PAUSE
        while not self._stopping.is_set():
            try:
                self._listen()
            except (psycopg.Error, DatabaseError) as lost:
                log.warning("The listening connection was lost: %s", lost)
            except Exception:
                log.exception("A hearer could not begin")
            pause = _SHORTEST_PAUSE if self.listening.is_set() else min(pause * 2, _LONGEST_PAUSE)
            self._lose()
            self._stopping.wait(pause)

    def _lose(self) -> None:
        self.listening.clear()
        for hearer in self.hearers:
            hearer.on_lost()
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


def _address() -> dict[str, Any]:
    params = connections["default"].get_connection_params()
    return {key: value for key, value in params.items() if key not in {"cursor_factory", "context"}}


def _safely(hearer: Hearer, payload: str) -> None:
    """One deaf hearer must not silence the others."""
    try:
        hearer.on_notice(payload)
    except Exception:
        log.exception("Could not act on a notice of %s", hearer.channel)
