"""The stand as its users meet it: a separate process on a real port."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from simulators.id_gov_ua.running import running_stand


@pytest.fixture(scope="session")
def stand() -> Iterator[str]:
    with running_stand("--slow-seconds", "1.5", "--redirect-host", "edem.example") as address:
        yield address


@pytest.fixture
def stand_with() -> Iterator[Callable[..., str]]:
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(running_stand(*options))


@pytest.fixture
def people_file(tmp_path: Path) -> Path:
    path = tmp_path / "people.json"
    people = [
        {"id": f"r{number}", "lastname": "Довгий", "givenname": f"Назар{number}", "drfocode": "3100112345"}
        for number in range(60)
    ]
    path.write_text(json.dumps(people), encoding="utf-8")
    return path
