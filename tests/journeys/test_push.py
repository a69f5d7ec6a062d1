"""Messages to a browser in Chromium: turned on, sent by the worker to a push service, shown by the service worker.

The browser's own push service is not on this machine, so two ends are ours: `subscribe` gives the address of our service
and a key whose private half the test holds, and what that service has taken is given to the service worker by DevTools.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Worker

from edem.foundation.notices.push.vapid import as_bytes, public_key
from edem.foundation.notices.tests.push_services import Browser as Keys
from edem.foundation.notices.tests.push_services import Relay, push_service
from tests.journeys.people import Resident, walking
from tests.journeys.steps import publish, write_petition
from tests.journeys.town import PUSH_KEY, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Поставити лавки вздовж набережної"
PATIENCE = 120.0
OUR_SERVICE = """({ endpoint, keys }) => {
  PushManager.prototype.subscribe = async (options) => {
    sessionStorage.asked = JSON.stringify({
      visible: options.userVisibleOnly, key: [...new Uint8Array(options.applicationServerKey)],
    })
    return { toJSON: () => ({ endpoint, keys }) }
  }
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url }))
}"""
PRESSED = """async () => {
  let opened = null
  self.clients.openWindow = async (url) => { opened = url }  // only a person's own press opens windows
  const [notification] = await self.registration.getNotifications()
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }))
  await new Promise((done) => setTimeout(done, 50))
  return { opened, left: (await self.registration.getNotifications()).length }
}"""


@pytest.mark.usefixtures("rows")
def test_news_reach_a_browser_are_shown_by_its_worker_and_open_their_page(browser: Browser, town: Town) -> None:
    keys = Keys()
    with push_service() as (service, address), walking(browser, town, Resident) as author:
        context = author.page.context
        context.grant_permissions(["notifications"], origin=town.platform)
        author.page.add_init_script(f"({OUR_SERVICE})({json.dumps({'endpoint': f'{address}/p/1', 'keys': keys.keys})})")
        author.go("/cabinet/channels/")
        author.sign_in("Гнатюк")
        author.press("Увімкнути в цьому браузері")
        author.reads("Готово: повідомлення приходитимуть у цей браузер.")
        asked = json.loads(author.page.evaluate("sessionStorage.asked"))
        assert asked["visible"]
        assert bytes(asked["key"]) == as_bytes(public_key(PUSH_KEY))

        author.go("/petitions/start/")
        petition = write_petition(author, TITLE)
        publish(browser, town, petition)
        headers, body = taken(service)
        check_known_sender(headers, address)
        said = json.loads(keys.read(body))
        assert TITLE in said["body"]
        assert TITLE.encode() not in body
        assert said["url"] == f"{town.home}{petition}"

        author.go("/cabinet/channels/")
        with delivering(author, town) as deliver:
            deliver(keys.read(body).decode())
            until = monotonic() + PATIENCE
            while not author.page.evaluate(SHOWN) and monotonic() < until:
                author.page.wait_for_timeout(50)
        assert author.page.evaluate(SHOWN) == [said]

        pressed = worker_of(author).evaluate(PRESSED)
        assert pressed == {"opened": said["url"], "left": 0}
        author.go(pressed["opened"])
        author.reads(TITLE)


def taken(service: Relay) -> tuple[dict[str, str], bytes]:
    """What the platform's own worker has brought to the push service about the petition."""
    until, pause = monotonic() + PATIENCE, Event()
    while not service.taken:
        assert monotonic() < until, "nothing came to the push service"
        pause.wait(0.2)
    path, headers, body = service.taken[-1]
    assert path == "/p/1"
    return {name.lower(): value for name, value in headers.items()}, body


def check_known_sender(headers: dict[str, str], address: str) -> None:
    """RFC 8292: signed by the key that the browser was told, for this push service."""
    assert (headers["content-encoding"], headers["topic"] != "", int(headers["ttl"]) > 0) == ("aes128gcm", True, True)
    said = dict(part.split("=", 1) for part in headers["authorization"].removeprefix("vapid ").split(", "))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), as_bytes(said["k"]))
    assert as_bytes(said["k"]) == as_bytes(public_key(PUSH_KEY))
    assert jwt.decode(said["t"], key, algorithms=["ES256"], audience=address)


@contextmanager
def delivering(author: Resident, town: Town) -> Iterator[Any]:
    """As a push service does through the browser: DevTools hands the words to the worker of this registration."""
    found: list[str] = []
    tools = author.page.context.new_cdp_session(author.page)
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"] if not each["isDeleted"]),
    )
    tools.send("ServiceWorker.enable")
    while not found:
        author.page.wait_for_timeout(50)
    yield lambda words: tools.send(
        "ServiceWorker.deliverPushMessage", {"origin": town.platform, "registrationId": found[-1], "data": words}
    )
    tools.detach()


def worker_of(author: Resident) -> Worker:
    [worker] = author.page.context.service_workers
    return worker
