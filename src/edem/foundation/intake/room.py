"""The intake room of the front door: POST /<community>/acts/<name>, without Django's request handler."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
from edem.foundation.intake.messages import facts_in_words, own_words, refusal_in_words, thanks_in_words
from edem.foundation.intake.multipart import CONTENT_TYPE, SentForm, read_form
from edem.foundation.intake.origin import is_from_own_page
from edem.foundation.intake.passes import ActPass, Opener
from edem.foundation.live.answers import JSON_HEADERS, UNKEPT, Headers, as_json, send_json, send_written, with_length
from edem.foundation.live.arrival import Arrival
from edem.foundation.live.cookies import PASS_COOKIE
from edem.kernel.errors import Refused

PREFIX: Final = "/acts/"
LARGEST_BODY: Final = 4 * 1024
MOST_HELD: Final = 128 * 1024 * 1024
"""Bytes of forms with files that one process holds at a time; whoever comes beyond comes again."""


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
        self._held = 0

    async def answer(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        try:
            mass_act = _asked(arrival)
            with self._room_for(mass_act, arrival):
                item = await self._read(mass_act, arrival, receive)
                outcome = await self._gatherer(mass_act).take(item)
        except NotTaken as not_taken:
            words = own_words(not_taken.code, arrival.language)
            content = {"outcome": not_taken.code, "message": words, **not_taken.facts}
            await send_json(send, not_taken.status, content)
        except Refused as refusal:
            await _send_refusal(send, refusal, arrival.language)
        else:
            await _send_outcome(send, outcome, mass_act, arrival.language)

    async def _read(self, mass_act: MassAct, arrival: Arrival, receive: Receive) -> Any:
        """Everything that needs no database: whose act it is, and that it comes from our own page."""
        community = directory().communities.get(arrival.slug or "")
        if community is None:
            raise NotTaken(404, "intake.unknown_act")
        if mass_act.largest_form:
            # Received whole even where it is refused: an answer in the middle of sending reaches no browser.
            body = await read_files(arrival, receive, largest=mass_act.largest_form)
        else:
            body = await read_body(arrival, receive)
        opened = self._opened(arrival)
        subject = (mass_act.name, community.pk, len(body), body[:LARGEST_BODY])  # a form's words stand before its files
        if not LIMITS.admits_act(opened.person_id, subject, moment=monotonic()):
            raise NotTaken(429, "intake.too_often")
        told = _form(arrival, body) if mass_act.largest_form else _parsed(body)
        return mass_act.make(opened, community.pk, told, arrival.at)

    @contextmanager
    def _room_for(self, mass_act: MassAct, arrival: Arrival) -> Iterator[None]:
        """Forms with files lie in memory until their batch is written: only so many at a time."""
        size = _length(arrival) if mass_act.largest_form else 0
        if size > mass_act.largest_form:
            raise NotTaken(413, "intake.too_large")
        if self._held + size > MOST_HELD:
            raise NotTaken(503, "intake.busy")
        self._held += size
        try:
            yield
        finally:
            self._held -= size

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


def _asked(arrival: Arrival) -> MassAct:
    mass_act = act_named(arrival.path.removeprefix(PREFIX).rstrip("/"))
    if mass_act is None:
        raise NotTaken(404, "intake.unknown_act")
    if arrival.method != "POST" or not is_from_own_page(arrival.headers, scheme=arrival.scheme, host=arrival.host):
        raise NotTaken(403, "intake.foreign_page")
    return mass_act


def _length(arrival: Arrival) -> int:
    """Browsers say how long a form is; who does not is not let in."""
    told = arrival.header(b"content-length")
    if not told.isascii() or not told.isdigit():
        raise NotTaken(413, "intake.too_large")
    return int(told)


async def read_files(arrival: Arrival, receive: Receive, *, largest: int) -> bytes:
    if not arrival.header(b"content-type").startswith(CONTENT_TYPE):
        raise NotTaken(415, "intake.unreadable")
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise NotTaken(422, "intake.unreadable")
        pieces.append(cast(bytes, message.get("body", b"")))
        size += len(pieces[-1])
        if size > largest:
            raise NotTaken(413, "intake.too_large")
        if not message.get("more_body"):
            return b"".join(pieces)


def _form(arrival: Arrival, body: bytes) -> SentForm:
    try:
        return read_form(arrival.header(b"content-type"), body)
    except ValueError:
        raise NotTaken(422, "intake.unreadable") from None


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
        await send_json(send, 200, {"outcome": "taken", "message": words, **facts_in_words(outcome.facts, language)})


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
