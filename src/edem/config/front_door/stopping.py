"""The server waits for open answers before it tells us that it stops; live pages never end by themselves.

So the process listens for the signal too, beside the server's own handling, and lets the listeners go at once.
"""

import asyncio
import signal
from collections.abc import Callable
from threading import current_thread, main_thread
from types import FrameType


def when_told_to_stop(act: Callable[[], None]) -> None:
    """`act` runs on the event loop; whoever handled the signal before still does."""
    if current_thread() is not main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def heed(
            told: int, frame: FrameType | None, before: Callable[[int, FrameType | None], object] | int | None = before
        ) -> None:
            loop.call_soon_threadsafe(act)
            if callable(before):
                before(told, frame)

        signal.signal(number, heed)
        if hasattr(signal, "siginterrupt"):
            signal.siginterrupt(number, False)
