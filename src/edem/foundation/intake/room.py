"""The intake room of the front door: POST /<community>/acts/<name>, without Django's request handler."""

from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from typing import Any, Final, cast

from pydantic_core import from_json
from starlette.types import Receive, Send

from edem.foundation.communities.directory import directory
from edem.foundation.intake.acts import TAKEN, MassAct, Outcome, act_named
from edem.foundation.intake.failures import Failure
from edem.foundation.intake.gatherer import Gatherer
from edem.foundation.intake.limits import LIMITS
from edem.foundation.intake.messages import own_words, refusal_in_words, thanks_in_words
from edem.foundation.intake.origin import is_from_own_page
from edem.foundation.intake.passes import ActPass, Opener
from edem.foundation.live.answers import JSON_HEADERS, UNKEPT, Headers, as_json, send_json, send_written, with_length
from edem.foundation.live.arrival import Arrival
from edem.foundation.live.cookies import PASS_COOKIE
from edem.kernel.errors import Refused

PREFIX: Final = "/acts/"
LARGEST_BODY: Final = 4 * 1024


class NotTaken(Exception):
    """Answered at the door: the act was never gathered."""

    def __init__(self, status: int, code: str, **facts: object) -> None:
        super().__init__(code)
        self.status, self.code, self.facts = status, code, facts


_FAILURES: Final[Mapping[Failure, tuple[int, str]]] = {
    Failure.BUSY: (503, "intake.busy"),
    Failure.NO_DATABASE: (503, "intake.no_database"),
    Failure.NO_ROOM: (503, "intake.no_room"),
    Failure.BUG: (500, "intake.bug"),
}


class IntakeRoom:
    def __init__(self, open_pass: Opener) -> None:
        self._open_pass = open_pass
        self._gatherers: dict[str, Gatherer] = {}

    async def answer(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        try:
            mass_act, item = await self._read(arrival, receive)
            outcome = await self._gatherer(mass_act).take(item)
        except NotTaken as not_taken:
            words = own_words(not_taken.code, arrival.language)
            content = {"outcome": not_taken.code, "message": words, **not_taken.facts}
            await send_json(send, not_taken.status, content)
        except Refused as refusal:
            await _send_refusal(send, refusal, arrival.language)
        else:
            await _send_outcome(send, outcome, mass_act, arrival.language)

    async def _read(self, arrival: Arrival, receive: Receive) -> tuple[MassAct, Any]:
        """Everything that needs no database: whose act it is, and that it comes from our own page."""
        mass_act = act_named(arrival.path.removeprefix(PREFIX).rstrip("/"))
        community = directory().communities.get(arrival.slug or "")
        if mass_act is None or community is None:
            raise NotTaken(404, "intake.unknown_act")
        if arrival.method != "POST" or not is_from_own_page(arrival.headers, scheme=arrival.scheme, host=arrival.host):
            raise NotTaken(403, "intake.foreign_page")
        body = await read_body(arrival, receive)
        opened = self._opened(arrival)
        subject = (mass_act.name, community.pk, body)
        if not LIMITS.admits_act(opened.person_id, subject, moment=monotonic()):
            raise NotTaken(429, "intake.too_often")
        return mass_act, mass_act.make(opened, community.pk, _parsed(body), arrival.at)

    def _opened(self, arrival: Arrival) -> ActPass:
        sealed = arrival.cookies.get(PASS_COOKIE)
        opened = self._open_pass(sealed, arrival.at) if sealed else None
        if opened is not None:
            return opened
        if not LIMITS.admits_stranger(arrival.address, moment=monotonic()):
            raise NotTaken(429, "intake.too_often")
        raise NotTaken(401, "intake.pass_expired", renew=True)

    def _gatherer(self, mass_act: MassAct) -> Gatherer:
        found = self._gatherers.get(mass_act.name)
        if found is None:
            found = self._gatherers[mass_act.name] = Gatherer(mass_act.act, name=mass_act.name)
        return found

    async def close(self) -> None:
        for gatherer in self._gatherers.values():
            await gatherer.close()


async def read_body(arrival: Arrival, receive: Receive) -> bytes:
    if not arrival.headers.get(b"content-type", b"").startswith(b"application/json"):
        raise NotTaken(415, "intake.unreadable")
    body = b""
    while True:
        message = await receive()
        body += cast(bytes, message.get("body", b""))
        if len(body) > LARGEST_BODY:
            raise NotTaken(413, "intake.too_large")
        if not message.get("more_body"):
            return body


def _parsed(body: bytes) -> Mapping[str, Any]:
    try:
        content = from_json(body or b"{}")
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise NotTaken(422, "intake.unreadable")
    return content


async def _send_outcome(send: Send, outcome: Outcome | Failure, mass_act: MassAct, language: str) -> None:
    if outcome is TAKEN:
        await send_written(send, 200, *_plain_thanks(mass_act.thanks, language))
    elif isinstance(outcome, Failure):
        status, code = _FAILURES[outcome]
        await send_json(send, status, {"outcome": code, "message": own_words(code, language)}, *_retry(status))
    elif outcome.refusal is not None:
        await _send_refusal(send, outcome.refusal, language)
    else:
        words = thanks_in_words(mass_act.thanks, language)
        await send_json(send, 200, {"outcome": "taken", "message": words, **outcome.facts})


@lru_cache(maxsize=256)
def _plain_thanks(thanks: str, language: str) -> tuple[bytes, Headers]:
    """The commonest answer of all, written once."""
    content = {"outcome": "taken", "message": thanks_in_words(thanks, language)}
    body = as_json(content).encode()
    return body, with_length([*JSON_HEADERS, UNKEPT], body)


async def _send_refusal(send: Send, refusal: Refused, language: str) -> None:
    words = refusal_in_words(refusal, language)
    await send_json(send, refusal.status, {"outcome": refusal.code, "message": words})


def _retry(status: int) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"retry-after", b"2"), (b"cache-control", b"no-store")) if status == 503 else ()  # noqa: PLR2004
