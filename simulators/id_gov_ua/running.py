"""The stand for tests: a separate process on a free port, for as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulators.running import CLIENT_ID, CLIENT_SECRET, SEED
from simulators.running import running_stand as running

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "running_stand"]


@contextmanager
def running_stand(*options: str) -> Iterator[str]:
    """Start `python -m simulators.id_gov_ua`; give its address once it answers."""
    who = ("--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET)
    with running("id_gov_ua", "--port", "0", *who, f"--seed={SEED}", *options) as address:
        yield address
