"""What the server loads in each of its processes."""

import signal
from importlib import import_module

from starlette.types import ASGIApp


def application() -> ASGIApp:
    """The front door. A process told to stop while it is still loading ends at once.

    The server's process forks this one with its own handlers, which only note that a stop was wished for. Until the
    loop has handlers of its own the word would be lost, and the stop take as long as a stuck process is waited for.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    front_door: ASGIApp = import_module("edem.config.asgi").application
    return front_door
