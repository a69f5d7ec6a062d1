"""The service on a real port, and the same key as a program with pipes."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from simulators.authority import stand_authority
from simulators.crypto_service.holder import INSTALLATION, Holder
from simulators.id_gov_ua.mischief import Mischief
from simulators.running import ROOT, SEED, TOKEN, running_crypto_service, surroundings
from simulators.sealing import Sealer

WORDS = "таємниця".encode()
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with running_crypto_service() as address:
        yield address


@pytest.fixture(scope="module")
def holder() -> Holder:
    return Holder(seed=SEED)


@pytest.fixture(scope="module")
def envelope(holder: Holder) -> bytes:
    return sealed(holder, Mischief.NONE)


def sealed(holder: Holder, mischief: Mischief) -> bytes:
    sealer = Sealer.of(stand_authority(SEED, name="post", site=""), INSTALLATION)
    return sealer.sealed(WORDS, certificate=b64encode(holder.certificate).decode(), mischief=mischief)


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "simulators.crypto_service", f"--seed={SEED}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=surroundings(), input=given, capture_output=True, check=False)


def test_it_opens_for_whoever_shows_the_token(service: str, holder: Holder, envelope: bytes) -> None:
    assert httpx.get(f"{service}/certificate", headers=SHOWN).content == holder.certificate
    assert httpx.post(f"{service}/open", content=envelope, headers=SHOWN).content == WORDS


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer guess"}, {"Authorization": TOKEN}])
def test_nobody_else_gets_anything(service: str, envelope: bytes, headers: dict[str, str]) -> None:
    assert httpx.get(f"{service}/certificate", headers=headers).status_code == 401
    assert httpx.post(f"{service}/open", content=envelope, headers=headers).status_code == 401


def test_what_is_not_ours_is_refused_with_its_reason(service: str, holder: Holder) -> None:
    others = httpx.post(f"{service}/open", content=sealed(holder, Mischief.OTHERS_ENVELOPE), headers=SHOWN)
    assert (others.status_code, others.json()) == (422, {"error": "envelope.for_somebody_else"})
    assert httpx.post(f"{service}/open", content=b"nonsense", headers=SHOWN).status_code == 422


def test_the_same_key_as_a_program_with_pipes(holder: Holder, envelope: bytes) -> None:
    assert run("certificate").stdout == holder.certificate
    assert run("open", given=envelope).stdout == WORDS
    refused = run("open", given=b"nonsense")
    assert (refused.returncode, refused.stdout) == (3, b"")


def test_the_key_is_written_for_its_owner_alone(tmp_path: Path, holder: Holder) -> None:
    file = tmp_path / "key.json"
    assert run("write-key", str(file)).returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    assert int(json.loads(file.read_text())["private"], 16) == holder.key.private
