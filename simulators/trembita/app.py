"""The security server's one address, and a small page to choose what goes wrong: an ASGI application."""

import asyncio
import html
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.id_gov_ua.residents import Resident
from simulators.trembita import soap
from simulators.trembita.mischief import LABELS, Mischief
from simulators.trembita.soap import Asked, Misread

XML = "text/xml; charset=utf-8"
TEN_MEGABYTES = 10 * 1024 * 1024


@dataclass
class Stand:
    client: str
    """Who has an agreement; anybody else is refused."""
    service: str
    residents: Sequence[Resident]
    slow_seconds: float = 30
    mischief: Mischief = Mischief.NONE
    journal: list[dict[str, str]] = field(default_factory=list)
    """Who asked under which number: what a real exchange keeps, too."""


def create_app(stand: Stand) -> Starlette:
    app = Starlette(
        routes=[
            Route("/", page, methods=["GET"]),
            Route("/", exchange, methods=["POST"]),
            Route("/journal", journal, methods=["GET"]),
            Route("/mischief", choose, methods=["POST"]),
        ]
    )
    app.state.stand = stand
    return app


async def exchange(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    try:
        asked = soap.asked_in(await request.body())
    except Misread as wrong:
        return _fault(str(wrong), "The message cannot be read")
    stand.journal.append({"client": asked.client, "user": asked.user_id, "id": asked.message_id})
    if (asked.client, asked.service, asked.version) != (stand.client, stand.service, "4.0"):
        return _fault("Server.ServerProxy.AccessDenied", "Request is not allowed")
    if stand.mischief is Mischief.SLOW:
        await asyncio.sleep(stand.slow_seconds)
    return _wronged(stand, asked)


async def page(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    choices = "".join(
        f'<p><button name="mischief" value="{each}"{" disabled" if each is stand.mischief else ""}>'
        f"{html.escape(label)}</button></p>"
        for each, label in LABELS.items()
    )
    title = "Стенд «Трембіти»"
    return HTMLResponse(
        f'<!doctype html><html lang="uk"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
        f"<p>У реєстрі {len(stand.residents)} людей. Зараз: {LABELS[stand.mischief]}.</p>"
        f'<form method="post" action="/mischief">{choices}</form></html>'
    )


async def journal(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    return JSONResponse(stand.journal)


async def choose(request: Request) -> Response:
    form = dict(parse_qsl((await request.body()).decode()))
    stand: Stand = request.app.state.stand
    stand.mischief = Mischief(form.get("mischief", "none"))
    return RedirectResponse("/", status_code=303)


def _wronged(stand: Stand, asked: Asked) -> Response:
    if stand.mischief is Mischief.FAULT:
        return _fault("Server.ServerProxy.AccessDenied", "Request is not allowed")
    if stand.mischief is Mischief.FAILURE:
        return PlainTextResponse("Service Unavailable", status_code=503)
    if stand.mischief is Mischief.HTML:
        return HTMLResponse("<!doctype html><title>Вхід</title><p>Увійдіть")
    people = found(stand, asked.number)
    if stand.mischief is Mischief.OTHER_MESSAGE:
        return _xml(soap.answer(asked, people, message_id="00000000-0000-0000-0000-000000000000"))
    return _xml(hostile(stand.mischief, soap.answer(asked, people)))


def found(stand: Stand, number: str) -> list[Resident]:
    same = [one for one in stand.residents if soap.number_of(one) == number]
    others = [one for one in stand.residents if soap.number_of(one) != number]
    wrong = {
        Mischief.NOBODY: [],
        Mischief.SEVERAL: [*same, *(moved(one) for one in same)],
        Mischief.ANOTHER: others[:1],
    }
    return wrong.get(stand.mischief, same)


def hostile(mischief: Mischief, good: bytes) -> bytes:
    if mischief is Mischief.ENTITY_BOMB:
        names = zip("abcdefgh", "bcdefghi", strict=True)
        bomb = '<!ENTITY a "ха">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in names)
        return good.replace(b"<s:Envelope", f"<!DOCTYPE x [{bomb}]><s:Envelope".encode(), 1)
    if mischief is Mischief.OUTSIDE_ENTITY:
        doctype = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><s:Envelope'
        return good.replace(b"<s:Envelope", doctype, 1)
    if mischief is Mischief.HUGE:
        return good + b" " * TEN_MEGABYTES
    if mischief is Mischief.BROKEN_XML:
        return good[: len(good) // 2]
    if mischief is Mischief.DEEP:
        return b"<s:Envelope>" * 100_000
    return good


def moved(one: Resident) -> Resident:
    return replace(one, fields={**one.fields, "locality": "м. Далеч", "state": "Далека область"})


def _xml(content: bytes) -> Response:
    return Response(content, media_type=XML)


def _fault(code: str, words: str) -> Response:
    return Response(soap.fault(code, words), status_code=500, media_type=XML)
