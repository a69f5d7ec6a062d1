"""The widget for tests: a separate process on a free port; and its program, as a person would use it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from simulators.running import SEED, running_stand


@contextmanager
def running_signing_widget(*options: str) -> Iterator[str]:
    with running_stand("signing_widget", "--port=0", f"--seed={SEED}", *options) as address:
        yield address


def signed_file(
    address: str,
    content: bytes,
    *,
    person: str = "1001",
    key: str = "good",
    form: str = "attached",
    level: str = "long",
) -> bytes:
    """What the program makes of a file."""
    answer = httpx.post(
        f"{address}/program",
        data={"person": person, "key": key, "form": form, "level": level},
        files={"file": ("vhid.txt", content)},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    return answer.content
