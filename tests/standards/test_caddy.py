"""deploy/proxy/Caddyfile as Debian's own Caddy reads it, with a certificate of its own making, before e-DEM and alone."""

import os
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from threading import Event
from time import monotonic

import httpx
import pytest

from edem.config.front_door.django_room import LARGEST_BODY
from edem.config.front_door.tests.serving import ground_of_the_door, serving
from tests.standards.test_nginx import HSTS, NAME, PROXY, assert_asks_to_wait
from tools.demo.household import answers
from tools.ports import free_port

pytestmark = [
    pytest.mark.full,
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not here: apt-get install caddy"),
]


@pytest.fixture(scope="module")
def upstream(django_db_setup, django_db_blocker) -> Iterator[int]:
    with django_db_blocker.unblock(), ground_of_the_door() as address:
        with serving(address, EDEM_ALLOWED_HOSTS="localhost") as door:
            yield door.port


@pytest.fixture
def reader(tmp_path) -> Iterator[Callable[[int], httpx.Client]]:
    """Starts Caddy with the very file before a port, and reads through it."""
    started: list[subprocess.Popen[bytes]] = []

    def start(port: int) -> httpx.Client:
        secure = free_port()
        own = f"http_port {free_port()}\nhttps_port {secure}\nadmin off\nlocal_certs\nskip_install_trust\n"
        file = tmp_path / "Caddyfile"
        file.write_text((PROXY / "Caddyfile").read_text(encoding="utf-8").replace("\n{\n", f"\n{{\n{own}", 1))
        given = {"EDEM_DOMAIN": "localhost", "EDEM_ACME_MAIL": "a@example.ua", "EDEM_UPSTREAM": f"127.0.0.1:{port}"}
        process = subprocess.Popen(
            ["caddy", "run", "--adapter", "caddyfile", "--config", file],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **given}, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(process)
        root = tmp_path / ".local/share/caddy/pki/authorities/local/root.crt"
        pause, until = Event(), monotonic() + 20
        while not (answers(secure) and root.exists()) and process.poll() is None and monotonic() < until:
            pause.wait(0.05)
        transport = httpx.HTTPTransport(verify=ssl.create_default_context(cafile=root), retries=5)
        return httpx.Client(base_url=f"https://localhost:{secure}", transport=transport, timeout=30)

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=20)


def test_caddy_says_once_that_all_is_https_and_refuses_too_large_a_body(upstream, reader):
    with reader(upstream) as client:
        page = client.get("/misto/personal/")
        assert page.status_code == 200
        assert page.headers.get_list("strict-transport-security") == [HSTS]
        refused = client.post("/misto/sent/", content=b"x" * (LARGEST_BODY + 1))
        assert (refused.status_code, "до 128 МБ" in refused.text) == (413, True)


def test_while_the_platform_is_away_caddy_asks_to_wait(reader):
    with reader(free_port()) as client:
        assert_asks_to_wait(client.get("/misto/"))


def test_caddy_understands_its_example(tmp_path):
    given = {"EDEM_DOMAIN": NAME, "EDEM_ACME_MAIL": "a@example.ua", "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    command = ["caddy", "adapt", "--adapter", "caddyfile", "--config", PROXY / "Caddyfile"]
    adapted = subprocess.run([*command, "--validate"], env=given, capture_output=True, text=True, check=False)
    assert adapted.returncode == 0, adapted.stderr
    assert '"dial":"127.0.0.1:8000"' in adapted.stdout.replace(" ", "")
    assert "/health/host" in adapted.stdout
