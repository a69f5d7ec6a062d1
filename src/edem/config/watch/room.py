"""The addresses for machines that watch: /health/live, /health/ready, /health/host, /metrics.

They stand before the check of the host, so that a balancer may ask by an address that is nobody's name.
"""

import asyncio
import hmac
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import Final
from urllib.parse import parse_qs

import psycopg
from django.conf import settings
from django.db import DatabaseError
from starlette.types import Scope, Send

from edem.config.watch.asking import DatabaseFigures, Migrations, ask_everything, ask_queue
from edem.config.watch.families import database_families
from edem.config.watch.openmetrics import CONTENT_TYPE, as_text, families_told
from edem.config.watch.processes import process_families
from edem.config.watch.siblings import Siblings
from edem.foundation.communities.directory import directory
from edem.foundation.live.answers import UNKEPT, send_body, send_json

PATHS: Final = frozenset({"/health/live", "/health/ready", "/health/host", "/metrics"})
LATE_SECONDS: Final = 300.0
"""A job that should have begun so long ago means that no worker works, or too few."""
_ANSWER_HOLDS: Final = 1.0
_NO_DATABASE: Final = (psycopg.Error, DatabaseError, OSError)
Answer = tuple[int, dict[str, object]]


class WatchRoom:
    def __init__(self) -> None:
        self.siblings = Siblings(settings.EDEM.state_dir)
        self._migrations = Migrations()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="watch")
        self._ready: tuple[float, asyncio.Future[Answer]] | None = None
        self._allowed = tuple(ip_network(each) for each in settings.EDEM.metrics_networks)

    async def answer(self, scope: Scope, send: Send, *, address: str) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            await send_json(send, 405, {"error": "method not allowed"})
        elif scope["path"] == "/health/live":
            await send_json(send, 200, {"status": "alive"})
        elif scope["path"] == "/health/ready":
            await send_json(send, *await self._readiness())
        elif scope["path"] == "/health/host":
            await self._is_ours(scope, send)
        elif self._may_look(scope, address):
            await send_body(send, 200, await self._figures(), [(b"content-type", CONTENT_TYPE), UNKEPT])
        else:
            await send_json(send, 403, {"error": "forbidden"})

    async def _readiness(self) -> Answer:
        """Asked of the database at most once a second, however many ask us."""
        now = monotonic()
        if self._ready is None or now - self._ready[0] > _ANSWER_HOLDS:
            asked = asyncio.get_running_loop().run_in_executor(self._thread, self._look)
            self._ready = now, asked
        return await asyncio.shield(self._ready[1])

    def _look(self) -> Answer:
        try:
            applied, queue = self._migrations.are_applied(), ask_queue()
        except psycopg.errors.UndefinedTable:
            applied, queue = False, None
        except _NO_DATABASE:
            return 503, {"status": "not ready", "database": "unreachable"}
        told: dict[str, object] = {"database": "reachable", "migrations": "applied" if applied else "behind"}
        if queue is not None:
            seconds = round(queue.oldest_due_seconds)
            told["queue"] = {"oldest_due_seconds": seconds, "is_late": seconds > LATE_SECONDS, "workers": queue.workers}
        return (200, {"status": "ready", **told}) if applied else (503, {"status": "not ready", **told})

    async def _is_ours(self, scope: Scope, send: Send) -> None:
        """Caddy asks before it gets a certificate for a name: only for the communities' own hosts."""
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("domain", [""])[0].lower()
        is_ours = bool(asked) and asked in directory().by_host
        await send_json(send, 200 if is_ours else 404, {"is_ours": is_ours})

    def _may_look(self, scope: Scope, address: str) -> bool:
        """By the token when one is set; otherwise from the networks that are allowed."""
        token = settings.EDEM.metrics_token
        if token:
            given = dict(scope["headers"]).get(b"authorization", b"")
            return hmac.compare_digest(given, f"Bearer {token}".encode())
        try:
            asker = ip_address(address)
        except ValueError:
            return False
        return any(asker in network for network in self._allowed)

    async def _figures(self) -> bytes:
        return (await asyncio.get_running_loop().run_in_executor(self._thread, self._written)).encode()

    def _written(self) -> str:
        told = self.siblings.told()
        return as_text([*families_told(told), *process_families(sorted(told)), *database_families(_asked())])

    def close(self) -> None:
        self.siblings.leave()
        self._thread.shutdown(wait=False, cancel_futures=True)


def _asked() -> DatabaseFigures | None:
    try:
        return ask_everything()
    except _NO_DATABASE:
        return None
