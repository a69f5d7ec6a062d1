"""One reader, and what they must be told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic

import httpx

from edem.config.front_door.tests.serving import Served
from tests.load.ground import SLUG

INSIDES = ("Traceback", "psycopg", "OperationalError", "connection", "5432")


def sign(visitor: httpx.Client, petition: int, sealed: str) -> httpx.Response:
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"edem_pass={sealed}"}
    content = {"petition": petition, "agree": True}
    return visitor.post(f"/{SLUG}/acts/petitions.signature", json=content, headers=headers)


def assert_kind(answer: httpx.Response, *, words: str = "Спробуйте") -> None:
    """Unavailable, when to come back, a sentence, and nothing of our insides."""
    assert answer.status_code == 503, (answer.request.url, answer.status_code)
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-store"
    assert words in (answer.json()["message"] if "json" in answer.headers["Content-Type"] else answer.text)
    assert [inside for inside in INSIDES if inside in answer.text] == []


def assert_told_all_the_time(visitor: httpx.Client, path: str, *, seconds: float = 1.5) -> None:
    """Also after the interval in which the page would be made anew."""
    end = monotonic() + seconds
    while monotonic() < end:
        assert visitor.get(path).status_code == 200


@contextmanager
def counts_heard(door: Served, petition: int) -> Iterator[list[int]]:
    """The counts that one open page is told, over one connection that must not break meanwhile."""
    heard: list[int] = []
    address = f"/{SLUG}/live/signatures/{petition}"
    with door.client() as client, client.stream("GET", address) as stream:
        Thread(target=_listen, args=(stream, heard), daemon=True).start()
        yield heard


def _listen(stream: httpx.Response, heard: list[int]) -> None:
    try:
        for line in stream.iter_lines():
            told = json.loads(line[6:]) if line.startswith("data: {") else {}
            if "count" in told:
                heard.append(told["count"])
    except (httpx.HTTPError, httpx.StreamError):
        heard.append(-1)  # the page lost its stream: nothing after this is heard
