"""Opens the rooms when the process starts and closes them in order when it stops: whoever is in is answered."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from starlette.types import Message, Receive, Send

from edem.config.front_door.arriving import load_directory
from edem.config.front_door.django_room import DjangoRoom
from edem.config.front_door.memory import MemoryRoom
from edem.config.front_door.static_room import StaticRoom
from edem.config.front_door.stopping import when_told_to_stop
from edem.config.front_door.turns import take_turns_quickly
from edem.config.front_door.without_database import wait_no_longer
from edem.config.watch.counting import LISTENERS
from edem.config.watch.room import WatchRoom
from edem.foundation.communities.directory import directory
from edem.foundation.identity import revocations
from edem.foundation.identity.queries import revoked_sessions
from edem.foundation.intake.passes import Opener
from edem.foundation.intake.room import IntakeRoom
from edem.foundation.live.counts import Counts
from edem.foundation.live.kept import CHANNEL, COUNTS_CHANNEL
from edem.foundation.live.listening import Ear, hears
from edem.foundation.live.parts import EVERYTHING, PARTS
from edem.foundation.live.room import LiveRoom
from edem.kernel.counts import share_counts

log = logging.getLogger(__name__)

LIVE_SECONDS: Final = 1.0
"""A page that listens shows a new count within two seconds, however long pages are kept."""


class House:
    """The rooms of one process."""

    django: DjangoRoom
    memory: MemoryRoom
    intake: IntakeRoom
    live: LiveRoom
    static: StaticRoom
    watch: WatchRoom

    def __init__(self, open_pass: Opener) -> None:
        self._open_pass = open_pass

    async def open(self) -> None:
        take_turns_quickly()
        wait_no_longer()
        share_counts(settings.EDEM.state_dir)
        interval = settings.EDEM.counting_seconds
        self._counts = Counts(interval=min(interval, LIVE_SECONDS))
        self.static = StaticRoom()
        self.django = DjangoRoom()
        self.memory = MemoryRoom(self.django.render, interval=interval)
        PARTS.open(interval=interval)
        self.intake = IntakeRoom(self._open_pass)
        self.live = LiveRoom(self._counts)
        self.watch = WatchRoom()
        LISTENERS.read = lambda: {(): self.live.listeners}
        self._telling = asyncio.create_task(self.watch.siblings.tell_for_ever())
        await know_communities()
        self._ticking = asyncio.create_task(self._counts.tick_for_ever())
        self._ear = self._listening()
        when_told_to_stop(self.live.close)

    def _listening(self) -> Ear:
        loop = asyncio.get_running_loop()

        def on_loop(act: Any, *args: object) -> None:
            loop.call_soon_threadsafe(act, *args)

        def drop(tags: list[str]) -> None:
            PARTS.drop(tags)  # before the pages: none may be made anew of an old part
            on_loop(self.memory.drop, tags)

        hears(
            CHANNEL,
            on_notice=lambda payload: drop(json.loads(payload)),
            on_connect=lambda: drop([EVERYTHING]),
        )
        known = directory()
        hears("communities", on_notice=lambda _: known.load(), on_connect=known.follow, on_lost=known.unfollow)
        forget = self._counts.forget
        hears(COUNTS_CHANNEL, on_notice=lambda _: on_loop(forget), on_connect=lambda: on_loop(forget))
        hears(revocations.CHANNEL, on_notice=revocations.add, on_connect=_load_revocations)
        ear = Ear()
        ear.start()
        return ear

    async def close(self) -> None:
        self.live.close()
        PARTS.close()
        await self.intake.close()
        self._ticking.cancel()
        self._telling.cancel()
        self.watch.close()
        self._counts.close()
        await asyncio.get_running_loop().run_in_executor(None, self._ear.stop)


async def know_communities() -> None:
    """A process that starts while the database is away opens all the same, and learns of the communities later."""
    try:
        await load_directory()
    except DatabaseError as away:
        log.warning("The communities could not be read: %s", type(away).__name__)


def _load_revocations() -> None:
    revocations.load(revoked_sessions(datetime.now(UTC)))  # noqa: TID251 - the process wakes up: this is an edge


async def live_through(house: House, receive: Receive, send: Send) -> None:
    """The process's life, as ASGI tells it."""
    while True:
        message: Message = await receive()
        if message["type"] == "lifespan.startup":
            await house.open()
            await send({"type": "lifespan.startup.complete"})
        else:
            await house.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
