"""A load generator of our own: raw keep-alive sockets in one loop, so that the server is what gets measured."""

import selectors
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic, perf_counter

_PIECE = 262_144


@dataclass
class Tally:
    """What came back: how many of each status, and how long each answer took, in seconds."""

    statuses: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    """When each answer came, on the clock that all processes share."""
    seconds: float = 0.0
    failures: list[bytes] = field(default_factory=list)
    """The first answers that nobody expected, for the reader's eyes."""

    @property
    def answered(self) -> int:
        return len(self.latencies)

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass(slots=True)
class Caller:
    """One connection: it asks, waits for the whole answer, and asks again."""

    wire: socket.socket
    sent_at: float = 0.0
    got: bytes = b""


def put_load(port: int, requests: Sequence[bytes], *, callers: int, expected: frozenset[int]) -> Tally:
    """Send every request once over `callers` connections; each connection has one question open at a time."""
    tally, waiting = Tally(), iter(requests)
    selector = selectors.DefaultSelector()
    open_callers = 0
    began = perf_counter()
    for _ in range(min(callers, len(requests))):
        caller = Caller(socket.create_connection(("127.0.0.1", port)))
        caller.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(caller.wire, selectors.EVENT_READ, caller)
        open_callers += _ask(caller, waiting)
    while open_callers:
        for key, _ in selector.select():
            if _hear(key.data, tally, expected) and not _ask(key.data, waiting):
                selector.unregister(key.fileobj)
                key.data.wire.close()
                open_callers -= 1
    tally.seconds = perf_counter() - began
    return tally


def _ask(caller: Caller, waiting: Iterator[bytes]) -> bool:
    request = next(waiting, None)
    if request is None:
        return False
    caller.sent_at = monotonic()
    caller.wire.sendall(request)
    return True


def _hear(caller: Caller, tally: Tally, expected: frozenset[int]) -> bool:
    """True when the answer is whole."""
    piece = caller.wire.recv(_PIECE)
    if not piece:
        raise ConnectionError("The server closed a connection in the middle of an answer")
    answer = caller.got + piece if caller.got else piece
    head = answer.find(b"\r\n\r\n")
    if head < 0 or not _is_whole(answer, head):
        caller.got = answer
        return False
    caller.got = b""
    tally.moments.append(monotonic())
    tally.latencies.append(tally.moments[-1] - caller.sent_at)
    status = int(answer[9:12])
    tally.statuses[status] = tally.statuses.get(status, 0) + 1
    if status not in expected and len(tally.failures) < 3:
        tally.failures.append(answer[:600])
    return True


def _is_whole(answer: bytes, head: int) -> bool:
    at = answer.find(b"content-length: ", 0, head)
    if at >= 0:
        return len(answer) >= head + 4 + int(answer[at + 16 : answer.find(b"\r\n", at)])
    if answer.find(b"transfer-encoding: chunked", 0, head) >= 0:
        return answer.endswith(b"\r\n0\r\n\r\n")
    return True
