"""The post office as its users meet it: a separate process, a real SMTP conversation, a page."""

import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from tools.ports import free_port

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    smtp, web = free_port(), free_port()
    folder = tmp_path_factory.mktemp("mail")
    command = [sys.executable, "-m", "simulators.mailbox", f"--smtp-port={smtp}", f"--port={web}", f"--folder={folder}"]
    with subprocess.Popen(command, cwd=ROOT) as process:
        with httpx.Client(base_url=f"http://127.0.0.1:{web}", transport=httpx.HTTPTransport(retries=9)) as client:
            client.get("/")
            yield smtp, client
        process.terminate()
        assert process.wait(timeout=30) == 0


def send(port, subject, html="<p>Оприлюднено</p><script>alert(1)</script>"):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = subject, "e-dem@localhost", "olena@example.org"
    letter.set_content("Вашу петицію оприлюднено.")
    letter.add_alternative(html, subtype="html")
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as post:
        post.send_message(letter)


def test_a_letter_that_was_sent_is_shown(office):
    smtp, client = office
    send(smtp, "Петицію № 7 <оприлюднено>")
    listed = client.get("/").text
    assert "Петицію № 7 &lt;оприлюднено&gt;" in listed
    assert "olena@example.org" in listed
    address = listed.partition('href="')[2].partition('"')[0]
    assert "Вашу петицію оприлюднено." in client.get(address).text


def test_a_letter_is_shown_as_a_stranger(office):
    smtp, client = office
    send(smtp, "Друга")
    name = client.get("/").text.partition('href="/')[2].partition("/")[0]
    shown = client.get(f"/{name}/html")
    assert "<p>Оприлюднено</p>" in shown.text
    assert shown.headers["content-security-policy"].startswith("sandbox;")


@pytest.mark.parametrize("name", ["absent", "..%2F..%2Fetc%2Fpasswd", "20260101000000000000-deadbeef"])
def test_a_letter_that_is_not_there_is_said_so(office, name):
    _, client = office
    assert client.get(f"/{name}/").status_code == 404
