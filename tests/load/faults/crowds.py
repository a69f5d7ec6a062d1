"""A crowd in the middle of whose signing something happens."""

import asyncio
from collections.abc import Callable, Sequence

from tests.load.crowd import ask

AT_ONCE = 100


async def signing_until(
    port: int, requests: Sequence[bytes], *, enough: int, then: Callable[[], object]
) -> list[int | None]:
    """Send them all; when `enough` are taken, `then` happens, once, while the others go on."""
    gate, taken = asyncio.Semaphore(AT_ONCE), 0
    happening: list[asyncio.Future[object]] = []

    async def one(request: bytes) -> int | None:
        nonlocal taken
        async with gate:
            status = await ask(port, request)
        taken += status == 200
        if taken >= enough and not happening:
            happening.append(asyncio.ensure_future(asyncio.to_thread(then)))
        return status

    answers = await asyncio.gather(*(one(request) for request in requests))
    assert happening, f"only {taken} of {len(requests)} were taken before it could happen"
    await happening[0]
    return answers
