"""docs/security.md promises, and names the test of each promise: the tests exist where it says."""

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, nothing, parsed

PAGE = ROOT / "docs/security.md"
NAMED = re.compile(r"`([\w/.-]+\.py)::(test_\w+)`")
ROW = re.compile(r"^\|(?!\s*-)(.+)\|\s*$", re.MULTILINE)


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def names_in(path: Path) -> set[str]:
    return {getattr(node, "name", "") for node in parsed(path).body} if path.is_file() else set()


def test_every_test_that_the_page_names_exists(page):
    named = NAMED.findall(page)
    assert len(named) > 30
    nothing(f"{path}::{test}" for path, test in named if test not in names_in(ROOT / path))


def test_every_promise_names_a_test_or_says_that_none_is(page):
    promises = [
        row for row in ROW.findall(page) if not row.startswith((" Загроза", " Файл | Хто")) and "---" not in row
    ]
    assert len(promises) > 15
    nothing(row for row in promises if not NAMED.search(row) and "не випробувано" not in row)
