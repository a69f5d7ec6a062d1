"""Sessions ended early, in this process's memory: their act passes are refused though they still open."""

from collections.abc import Iterable
from threading import Lock

CHANNEL = "pass_revoked"
"""NOTIFY carries the session key; the listener calls `add`, and `load` after each reconnect."""

MOST = 100_000

_lock = Lock()
_revoked: dict[str, None] = {}


def is_revoked(session_key: str) -> bool:
    return session_key in _revoked


def add(session_key: str) -> None:
    with _lock:
        _revoked[session_key] = None
        if len(_revoked) > MOST:  # the oldest have outlived their passes long ago
            del _revoked[next(iter(_revoked))]


def load(session_keys: Iterable[str]) -> None:
    """Everything that is still in force, from `queries.revoked_sessions`; what was known stays known."""
    for session_key in session_keys:
        add(session_key)


def forget_all() -> None:
    """For tests: a process that has just started."""
    with _lock:
        _revoked.clear()
