"""The live room of the front door: /live/<counter>/<id> streams a count, /count/<counter>/<id>.json gives it once."""

import asyncio
import re
from collections import Counter
from typing import Final

from django.db import DatabaseError
from starlette.types import Receive, Send

from edem.foundation.communities.directory import directory
from edem.foundation.live.answers import PLAIN_GUARDS, UNKEPT, send_json
from edem.foundation.live.arrival import Arrival
from edem.foundation.live.counts import Count, Counts, Subject, Watch

_ADDRESS: Final = re.compile(r"/(?:live/([a-z_-]+)/(\d{1,18})|count/([a-z_-]+)/(\d{1,18})\.json)/?")
PREFIXES: Final = ("/live/", "/count/")
HEARTBEAT_SECONDS: Final = 15.0
MOST_LISTENERS: Final = 6_000
MOST_OF_ADDRESS: Final = 4_000
"""A village, or a whole operator, may stand behind one address."""
_STREAM_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    UNKEPT,
    *PLAIN_GUARDS,
]
_LATER: Final = (b"retry-after", b"10")


class LiveRoom:
    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._of_address: Counter[str] = Counter()
        self._is_closing = False
        self._ringing = asyncio.get_running_loop().create_task(self._ring_for_ever())

    async def answer(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        found = _ADDRESS.fullmatch(arrival.path)
        if found is None or arrival.method not in {"GET", "HEAD"}:
            await send_json(send, 404, {"error": "not found"})
            return
        subject = (found[1] or found[3], int(found[2] or found[4]))
        community_id = directory().ids.get(arrival.slug or "")
        try:
            count = await self._counts.now(subject)
        except DatabaseError:
            await send_json(send, 503, {"error": "unavailable"}, _LATER)
            return
        if count.shown is None or count.shown.community_id != community_id:
            await send_json(send, 404, {"error": "not found"})
        elif found[3] or arrival.method == "HEAD":
            await send_json(send, 200, count.as_json(), self._freshness())
        elif self._is_full(arrival.address):
            await send_json(send, 503, {"error": "full"}, _LATER)
        else:
            await self._stream(subject, count, arrival, receive, send)

    def _freshness(self) -> tuple[bytes, bytes]:
        seconds = max(1, round(self._counts.interval))
        return b"cache-control", f"public, max-age={seconds}, stale-while-revalidate={seconds * 2}".encode()

    @property
    def listeners(self) -> int:
        return self._of_address.total()

    def _is_full(self, address: str) -> bool:
        return self.listeners >= MOST_LISTENERS or self._of_address[address] >= MOST_OF_ADDRESS

    async def _stream(self, subject: Subject, count: Count, arrival: Arrival, receive: Receive, send: Send) -> None:
        watch, bell = self._counts.watches.setdefault(subject, Watch()), asyncio.Event()
        watch.bells.add(bell)
        self._of_address[arrival.address] += 1
        gone = asyncio.ensure_future(_until_gone(receive))
        gone.add_done_callback(lambda _: bell.set())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
            first = b"" if arrival.header(b"last-event-id") == count.mark else count.event
            await _send_piece(send, b"retry: 3000\n\n" + first)
            while count.payload is not None:
                await bell.wait()
                bell.clear()
                if gone.done() or self._is_closing:
                    break
                count = await self._tell(subject, count, watch, send)
            # Also to those who are gone: the server's own stop waits for every answer to end.
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            watch.bells.discard(bell)
            self._leave(subject, watch, arrival.address)

    async def _tell(self, subject: Subject, told: Count, watch: Watch, send: Send) -> Count:
        """Pass on what is newer; rung without news, say that the page is still connected."""
        newest = watch.newest
        if newest is None or newest.as_of <= told.as_of:
            await _send_piece(send, self._beat(subject))
            return told
        await _send_piece(send, newest.event)
        return newest

    async def _ring_for_ever(self) -> None:
        """One clock for all: a timer for each listener would be set anew with every count."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            self._ring()

    def _ring(self) -> None:
        for watch in self._counts.watches.values():
            for bell in watch.bells:
                bell.set()

    def _beat(self, subject: Subject) -> bytes:
        known = self._counts.known(subject)
        if known is None:
            return b": still here\n\n"
        return f'event: as_of\ndata: "{known.as_of.isoformat(timespec="seconds")}"\n\n'.encode()

    def _leave(self, subject: Subject, watch: Watch, address: str) -> None:
        if not watch.bells:
            self._counts.watches.pop(subject, None)
        self._of_address[address] -= 1
        if not self._of_address[address]:
            del self._of_address[address]

    def close(self) -> None:
        """Let the listeners go; their browsers come back by themselves."""
        self._is_closing = True
        self._ringing.cancel()
        self._ring()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_piece(send: Send, piece: bytes) -> None:
    await send({"type": "http.response.body", "body": piece, "more_body": True})
