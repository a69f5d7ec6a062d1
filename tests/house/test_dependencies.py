"""Every dependency has its reasons written down, and no reason outlives its dependency."""

import json
import re

import pytest

from tests.house.source import ROOT, nothing, read
from tools.checks.locks import asked, normal


@pytest.fixture(scope="module")
def explained():
    rows = [line for line in read(ROOT / "docs" / "dependencies.md").splitlines() if line.startswith("| `")]
    return {
        name if name.startswith("@") else normal(name)
        for row in rows
        for name in re.findall(r"`([^`]+)`", row.split("|")[1])
    }


@pytest.fixture(scope="module")
def used():
    package = json.loads(read(ROOT / "package.json"))
    python = asked(ROOT / "requirements" / "base.in") | asked(ROOT / "requirements" / "dev.in")
    return python | set(package.get("dependencies", {})) | set(package.get("devDependencies", {}))


def test_every_dependency_has_its_reasons(explained, used):
    nothing(sorted(used - explained))


def test_no_reason_outlives_its_dependency(explained, used):
    nothing(sorted(explained - used))
