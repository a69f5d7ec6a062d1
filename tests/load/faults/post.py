"""A mail server of a test's own that sees what the database says while a letter is being handed over."""
# ruff: noqa: N802 - aiosmtpd calls its hooks by these names, with these arguments

import asyncio
from collections.abc import Callable
from email import message_from_bytes

import psycopg

from edem.foundation.notices.tests.servers import Accepting

_STATE = "SELECT state FROM notices_notice WHERE id = %s"


class Watching(Accepting):
    """Notes, for every letter, the state that others see at DATA; `then` happens before the answer to the first."""

    def __init__(self, database: str, *, then: Callable[[], object] = lambda: None):
        super().__init__()
        self.database, self.then = database, then
        self.names: list[str] = []
        self.states: list[str] = []

    async def handle_DATA(self, server, session, envelope):
        name = str(message_from_bytes(envelope.content)["Message-ID"])
        self.names.append(name)
        with psycopg.connect(self.database) as own:
            self.states.append(own.execute(_STATE, [name.strip("<>").partition("@")[0]]).fetchone()[0])
        if len(self.names) == 1:
            await asyncio.to_thread(self.then)
        return await super().handle_DATA(server, session, envelope)
