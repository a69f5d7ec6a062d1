"""POST and GET requests, tokens, updates (GeoReport v2), and a page with what has come."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape as escape_xml

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from simulators.open311_receiver.mischief import LABELS, Mischief
from simulators.open311_receiver.requests import Office, Said, Taken

SERVICES = ("roads", "lights", "other")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
STATUSES = {"open": "у роботі", "closed": "виконано"}
ANSWER = (
    '<form method="post" action="/say"><input type="hidden" name="number" value="{number}">'
    '<label>Що відповісти <input name="text" size="60"></label> '
    '<button name="status" value="open">У роботі</button> <button name="status" value="closed">Виконано</button></form>'
)
_ITEMS = {"service_requests": "request", "service_request_updates": "request_update", "errors": "error"}


@dataclass
class Stand:
    key: str
    slow_seconds: float = 30
    mischief: Mischief = Mischief.NONE
    office: Office = field(default_factory=Office)


def create_app(stand: Stand) -> Starlette:
    app = Starlette(
        routes=[
            Route("/", page),
            Route("/mischief", choose, methods=["POST"]),
            Route("/say", say, methods=["POST"]),
            Route("/heard", heard),
            Route("/forget", forget, methods=["POST"]),
            Route("/v2/requests.{form}", send, methods=["POST"]),
            Route("/v2/requests.{form}", requests),
            Route("/v2/tokens/{token}.{form}", token),
            Route("/v2/servicerequestupdates.{form}", updates),
        ]
    )
    app.state.stand = stand
    return app


async def send(request: Request) -> Response:
    stand = stand_of(request)
    body = await kept(request)
    form = dict(parse_qsl(body, keep_blank_values=True))
    refusal = refused(stand, form)
    if refusal is not None:
        return await hung_up() if refusal == 0 else errors(request, refusal)
    taken = stand.office.take(form, with_token=stand.mischief is Mischief.TOKEN)
    return await answer_of(request, stand, taken)


def refused(stand: Stand, form: Mapping[str, str]) -> int | None:
    """The status; nought for no answer at all."""
    early = {Mischief.DOWN: 0, Mischief.BUSY: 503, Mischief.BAD_KEY: 403, Mischief.REFUSING: 400}
    if stand.mischief in early:
        return early[stand.mischief]
    if form.get("api_key") != stand.key:
        return 403
    placed = ("lat" in form and "long" in form) or form.get("address_string")
    return None if placed and form.get("service_code") in SERVICES else 400


async def answer_of(request: Request, stand: Stand, taken: Taken) -> Response:
    """The request is taken by now; the mischief is only in what is said of it."""
    told = {"token": taken.token} if taken.token else {"service_request_id": taken.number}
    match stand.mischief:
        case Mischief.SLOW:
            await asyncio.sleep(stand.slow_seconds)
        case Mischief.BROKEN_JSON:
            return Response('[{"service_request_id": "', media_type="application/json", status_code=201)
        case Mischief.HTML:
            return HTMLResponse("<h1>Технічні роботи</h1>", status_code=200)
        case Mischief.HANG_UP:
            return await hung_up()
        case Mischief.FAILURE:
            return errors(request, 500)
        case Mischief.HUGE:
            return Response("[" * 10_000_000, media_type="application/json", status_code=201)
    return document(request, "service_requests", [told], status=201)


async def requests(request: Request) -> Response:
    stand = stand_of(request)
    await kept(request)
    if stand.mischief in {Mischief.DOWN, Mischief.BUSY}:
        return await hung_up() if stand.mischief is Mischief.DOWN else errors(request, 503)
    wanted = {each for each in request.query_params.get("service_request_id", "").split(",") if each}
    found = [each for each in stand.office.requests if not wanted or each.number in wanted]
    return document(request, "service_requests", [told_request(each) for each in found])


async def token(request: Request) -> Response:
    await kept(request)
    wanted = request.path_params["token"]
    found = next((each for each in stand_of(request).office.requests if each.token == wanted), None)
    if found is None:
        return errors(request, 404)
    return document(request, "service_requests", [{"service_request_id": found.number, "token": wanted}])


async def updates(request: Request) -> Response:
    stand = stand_of(request)
    await kept(request)
    if stand.mischief is Mischief.NO_UPDATES:
        return errors(request, 404)
    if stand.mischief is Mischief.DOWN:
        return await hung_up()
    return document(request, "service_request_updates", [told_update(each) for each in stand.office.updates])


def told_request(taken: Taken) -> dict[str, str]:
    changed = (taken.changed_at or taken.at).isoformat(timespec="seconds")
    return {
        "service_request_id": taken.number,
        "status": taken.status,
        "status_notes": taken.notes,
        "service_code": taken.form.get("service_code", ""),
        "description": taken.form.get("description", ""),
        "requested_datetime": taken.at.isoformat(timespec="seconds"),
        "updated_datetime": changed,
    }


def told_update(said: Said) -> dict[str, str]:
    return {
        "update_id": said.number,
        "service_request_id": said.request,
        "status": said.status,
        "updated_datetime": said.at.isoformat(timespec="seconds"),
        "description": said.text,
    }


def document(request: Request, root: str, told: Sequence[Mapping[str, str]], *, status: int = 200) -> Response:
    if request.path_params.get("form") == "json":
        return JSONResponse(list(told), status_code=status)
    item = _ITEMS[root]
    inside = "".join(
        f"<{item}>{''.join(f'<{name}>{escape_xml(value)}</{name}>' for name, value in each.items())}</{item}>"
        for each in told
    )
    content = f'<?xml version="1.0" encoding="utf-8"?><{root}>{inside}</{root}>'
    return Response(content, media_type="text/xml", status_code=status)


def errors(request: Request, status: int) -> Response:
    return document(request, "errors", [{"code": str(status), "description": "Не прийнято"}], status=status)


async def hung_up() -> Response:
    return StreamingResponse(broken_off(), headers={"Content-Length": "100"})


async def broken_off() -> AsyncIterator[bytes]:
    yield b"<"
    raise ConnectionResetError


async def kept(request: Request) -> str:
    """The whole request as it came, for whoever wants to see what goes over the wire."""
    body = (await request.body()).decode("utf-8", "replace")
    headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
    stand_of(request).office.heard.append(f"{request.method} {request.url}\n{headers}\n\n{body}")
    return body


async def heard(request: Request) -> Response:
    """For tests: everything that came over the wire, and what was taken."""
    office = stand_of(request).office
    taken = [{"number": each.number, "form": each.form, "status": each.status} for each in office.requests]
    return JSONResponse({"heard": office.heard, "taken": taken})


async def forget(request: Request) -> Response:
    """For tests: as on the first day."""
    stand = stand_of(request)
    stand.office, stand.mischief = Office(prefix=stand.office.prefix), Mischief.NONE
    return RedirectResponse("/", status_code=303)


async def choose(request: Request) -> Response:
    wanted = dict(parse_qsl((await request.body()).decode("ascii", "ignore"))).get("mischief", "")
    stand_of(request).mischief = Mischief(wanted) if wanted in set(Mischief) else Mischief.NONE
    return RedirectResponse("/", status_code=303)


async def say(request: Request) -> Response:
    said = dict(parse_qsl((await request.body()).decode()))
    stand_of(request).office.say(said["number"], said.get("status", "open"), said.get("text", ""))
    return RedirectResponse("/", status_code=303)


async def page(request: Request) -> Response:
    stand = stand_of(request)
    rows = "".join(
        f"<li><b>{escape(each.number)}</b> {STATUSES[each.status]}<p>{escape(each.form.get('description', ''))}</p>"
        f"{ANSWER.format(number=escape(each.number))}</li>"
        for each in reversed(stand.office.requests)
    )
    chosen = "".join(
        f'<option value="{each}"{" selected" if each is stand.mischief else ""}>{escape(words)}</option>'
        for each, words in LABELS.items()
    )
    html = (
        '<!doctype html><html lang="uk"><meta charset="utf-8"><title>Сервер організації</title>'
        f'<h1>Сервер організації</h1><form method="post" action="/mischief"><select name="mischief">{chosen}</select>'
        "<button>Так і відповідай</button></form><p>Громада питає про новини раз на п’ять хвилин.</p>"
        f"<ul>{rows or '<li>Ще нічого не надійшло.</li>'}</ul></html>"
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})


def stand_of(request: Request) -> Stand:
    stand: Stand = request.app.state.stand
    return stand
