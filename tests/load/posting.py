"""A generator of uploads: so many a second whatever the server does, or as many as it takes; one photo is sent anew
each time without being copied.
"""

import asyncio
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

Pieces = Sequence[bytes | memoryview]
PATIENCE = 60.0


@dataclass
class Posted:
    """What came back, and how late: a request that waited for a free connection has waited since its own moment."""

    statuses: dict[int, int] = field(default_factory=dict)
    taken: list[int] = field(default_factory=list)
    """Numbers of the requests that were acknowledged."""
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failures: list[bytes] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def post_at_rate(
    port: int, request: Callable[[int], Pieces], *, number: int, per_second: float, connections: int
) -> Posted:
    return asyncio.run(_post(port, request, number=number, per_second=per_second, connections=connections))


def post_for(port: int, request: Callable[[int], Pieces], *, seconds: float, connections: int) -> Posted:
    """As many as it takes: each connection asks again as soon as it is answered."""
    return asyncio.run(_post(port, request, number=None, seconds=seconds, connections=connections))


async def _post(
    port: int,
    request: Callable[[int], Pieces],
    *,
    number: int | None,
    connections: int,
    per_second: float = 0.0,
    seconds: float = 0.0,
) -> Posted:
    posted, began = Posted(), perf_counter()
    turns = iter(range(number if number is not None else 10**9))

    async def call() -> None:
        wire = await _connected(port)
        for turn in turns:
            due = began + turn / per_second if per_second else perf_counter()
            if seconds and perf_counter() - began > seconds:
                break
            if (wait := due - perf_counter()) > 0:
                await asyncio.sleep(wait)
            status, answer = await asyncio.wait_for(_ask(wire, request(turn)), PATIENCE)
            posted.latencies.append(perf_counter() - due)
            posted.statuses[status] = posted.statuses.get(status, 0) + 1
            if status == 200:
                posted.taken.append(turn)
            elif len(posted.failures) < 3:
                posted.failures.append(answer[:600])
        wire.close()

    await asyncio.gather(*(call() for _ in range(connections)))
    posted.seconds = perf_counter() - began
    return posted


async def _connected(port: int) -> socket.socket:
    wire = socket.socket()
    wire.setblocking(False)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    await asyncio.get_running_loop().sock_connect(wire, ("127.0.0.1", port))
    return wire


async def _ask(wire: socket.socket, pieces: Pieces) -> tuple[int, bytes]:
    loop = asyncio.get_running_loop()
    for piece in pieces:
        await loop.sock_sendall(wire, piece)
    answer = b""
    while True:
        got = await loop.sock_recv(wire, 65_536)
        if not got:
            raise ConnectionError("The server closed a connection in the middle of an answer")
        answer += got
        head = answer.find(b"\r\n\r\n")
        at = answer.find(b"content-length: ", 0, head) if head >= 0 else -1
        if at >= 0 and len(answer) >= head + 4 + int(answer[at + 16 : answer.find(b"\r\n", at)]):
            return int(answer[9:12]), answer
