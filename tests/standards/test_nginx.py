"""deploy/proxy/nginx.conf as Debian's own nginx reads it, and e-DEM behind it: HTTPS, forms, counts, forged claims."""

import json
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from threading import Event
from time import monotonic

import httpx
import psycopg
import pytest

from edem.config.front_door.django_room import LARGEST_BODY
from edem.config.front_door.tests.serving import Served, clean_rows, ground_of_the_door, serving
from tests.house.source import ROOT
from tools.demo.household import answers
from tools.ports import free_port

PROXY = ROOT / "deploy" / "proxy"
NAME = "edem.example.ua"
HSTS = "max-age=31536000; includeSubDomains"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}

pytestmark = [
    pytest.mark.full,
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not here: apt-get install nginx-light"),
]

WHOLE = """
daemon off;
{user}
pid {folder}/pid;
error_log {folder}/error.txt info;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/edem.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    secure: int
    plain: int
    journal: Path

    def client(self, **options) -> httpx.Client:
        """A reader at 127.0.0.2: nginx and the platform both know that this is not our proxy's address."""
        transport = httpx.HTTPTransport(verify=False, local_address="127.0.0.2")
        base = f"https://127.0.0.1:{self.secure}"
        return httpx.Client(base_url=base, transport=transport, timeout=30, headers={"Host": NAME}, **options)


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), ground_of_the_door() as address:
        yield address


@pytest.fixture(scope="module")
def served(ground) -> Iterator[Served]:
    with serving(ground, EDEM_ALLOWED_HOSTS=NAME) as door:
        yield door


@pytest.fixture
def rows(ground) -> Iterator[psycopg.Connection]:
    with clean_rows(ground) as own:
        yield own


def example(folder: Path, *, upstream: int, secure: int, plain: int) -> str:
    """The very file, with this machine's ports, certificate and folder."""
    text = (PROXY / "nginx.conf").read_text(encoding="utf-8")
    for before, after in {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": f"{folder}/cert.pem",
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": f"{folder}/key.pem",
        "/var/log/nginx/edem.log": f"{folder}/access.txt",
    }.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


@pytest.fixture(scope="module")
def proxy(served, tmp_path_factory) -> Iterator[Proxy]:
    with proxying(tmp_path_factory.mktemp("nginx"), upstream=served.port) as started:
        yield started


@contextmanager
def proxying(folder: Path, *, upstream: int) -> Iterator[Proxy]:
    folder.chmod(0o755)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    secure, plain = free_port(), free_port()
    (folder / "edem.conf").write_text(example(folder, upstream=upstream, secure=secure, plain=plain))
    (folder / "nginx.conf").write_text(WHOLE.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    process = subprocess.Popen(["nginx", "-e", folder / "error.txt", "-p", folder, "-c", folder / "nginx.conf"])
    try:
        assert opened(process, secure), (folder / "error.txt").read_text()
        yield Proxy(secure, plain, folder / "access.txt")
    finally:
        process.terminate()
        process.wait(timeout=20)


def opened(process: "subprocess.Popen[bytes]", port: int) -> bool:
    pause, until = Event(), monotonic() + 20
    while not answers(port) and process.poll() is None and monotonic() < until:
        pause.wait(0.05)
    return process.poll() is None


@pytest.fixture
def reader(proxy) -> Iterator[httpx.Client]:
    with proxy.client() as client:
        yield client


def told(page: httpx.Response, name: str) -> str:
    return next(line.removeprefix(f"{name}=") for line in page.text.splitlines() if line.startswith(f"{name}="))


def test_a_page_comes_over_https_and_says_so_to_browsers_once(reader):
    page = reader.get("/misto/personal/")
    assert page.status_code == 200
    assert (told(page, "scheme"), told(page, "host")) == ("https", NAME)
    assert page.headers.get_list("strict-transport-security") == [HSTS]


def test_plain_http_leads_to_https(proxy):
    answer = httpx.get(f"http://127.0.0.1:{proxy.plain}/misto/?a=1", headers={"Host": NAME}, trust_env=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"https://{NAME}/misto/?a=1")


def test_browsers_are_offered_http_2(proxy):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", proxy.secure)) as plain:
        with context.wrap_socket(plain, server_hostname=NAME) as secure:
            assert secure.selected_alpn_protocol() == "h2"


@pytest.mark.parametrize(
    "claim",
    [
        {"X-Forwarded-For": "6.6.6.6"},
        {"X-Forwarded-For": "6.6.6.6, 127.0.0.1"},
        {"Forwarded": "for=6.6.6.6;proto=http"},
        {"X-Forwarded-Host": "evil.example", "X-Real-IP": "6.6.6.6"},
    ],
)
def test_what_a_reader_claims_about_its_address_counts_for_nothing(reader, claim):
    page = reader.get("/misto/personal/", headers=claim)
    assert (told(page, "address"), told(page, "host"), told(page, "scheme")) == ("127.0.0.2", NAME, "https")


def test_a_form_arrives_whole(reader):
    token = "a" * 32
    form = {"csrfmiddlewaretoken": token, "words": "так" * 1000}
    headers = {"Cookie": f"csrftoken={token}", "Origin": f"https://{NAME}"}
    answer = reader.post("/misto/sent/", data=form, headers=headers)
    assert (answer.status_code, answer.text) == (200, str(len(answer.request.content)))


def test_too_large_a_body_is_refused_in_ukrainian_and_the_largest_gets_through(reader):
    refused = reader.post("/misto/sent/", content=b"x" * (LARGEST_BODY + 1))
    assert refused.status_code == 413
    assert "до 128 МБ" in refused.text
    assert refused.headers["strict-transport-security"]
    largest = reader.post("/misto/sent/", content=b"x" * LARGEST_BODY)
    assert largest.headers["x-request-id"], "Django itself has answered: without a token it takes no form"
    assert largest.status_code != 413


def test_a_count_goes_out_at_once(reader, proxy, rows):
    with proxy.client() as listener, listener.stream("GET", "/misto/live/touches/3") as stream:
        lines = stream.iter_lines()
        assert next_count(lines) == 0
        headers = OWN_PAGE | {"Cookie": "edem_pass=77"}
        assert reader.post("/misto/acts/touch", json={"subject": 3}, headers=headers).status_code == 200
        began = monotonic()
        assert next_count(lines) == 1
        assert monotonic() - began < 5, "the proxy held the event back"


def next_count(lines) -> int:
    return next(json.loads(line.removeprefix("data: "))["count"] for line in lines if line.startswith("data: {"))


@pytest.mark.parametrize("path", ["/metrics", "/health/live", "/health/ready", "/health/host?domain=x"])
def test_what_is_for_our_machines_is_not_seen_from_outside(reader, path):
    assert reader.get(path, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def line_of(proxy, number):
    """The proxy writes it when the answer is on its way, which may be after it has been read."""
    pause = Event()
    for _ in range(200):
        if found := [line for line in proxy.journal.read_text().splitlines() if number in line]:
            return found[0]
        pause.wait(0.05)
    pytest.fail("the proxy wrote no line")


def test_the_proxy_s_journal_holds_no_address_and_no_query(reader, proxy):
    secret = token_hex(8)
    page = reader.get(f"/misto/personal/?token={secret}")
    assert page.status_code == 200
    line = line_of(proxy, page.headers["x-request-id"])
    assert json.loads(line).keys() == {"time", "status", "seconds", "id"}
    assert secret not in proxy.journal.read_text()
    assert "127.0.0.2" not in proxy.journal.read_text()


def assert_asks_to_wait(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers.get_list("strict-transport-security") == [HSTS]
    assert "Сайт зараз не відповідає. Спробуйте ще раз за хвилину." in answer.text


def test_while_the_platform_is_away_the_proxy_asks_to_wait(tmp_path):
    with proxying(tmp_path, upstream=free_port()) as alone, alone.client() as reader:
        assert_asks_to_wait(reader.get("/misto/"))
        assert_asks_to_wait(reader.post("/misto/sent/", content=b"x"))
