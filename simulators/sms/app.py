"""POST /messages, GET /messages/{id} (docs/guides/messages.md), and a page with what has come."""

import asyncio
import hmac
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from string import Template

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from simulators.sms.messages import Exchange, Taken
from simulators.sms.mischief import LABELS, Mischief

PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
NUMBER = re.compile(r"\+380\d{9}", re.ASCII)
LARGEST = 16 * 1024
LONGEST_TEXT = 1_000
NOBODYS = "00000000-0000-0000-0000-000000000000"


@dataclass
class Stand:
    key: str
    slow_seconds: float = 30
    mischief: Mischief = Mischief.NONE
    exchange: Exchange = field(default_factory=Exchange)


def create_app(stand: Stand) -> Starlette:
    app = Starlette(
        routes=[
            Route("/", page),
            Route("/mischief", choose, methods=["POST"]),
            Route("/taken", taken),
            Route("/messages", send, methods=["POST"]),
            Route("/messages/{number}", report),
        ]
    )
    app.state.stand = stand
    return app


async def send(request: Request) -> Response:
    stand = stand_of(request)
    if not knows_the_key(request):
        return JSONResponse({"error": "bad_key"}, status_code=401)
    if stand.mischief is Mischief.BUSY:
        return JSONResponse({"error": "busy"}, status_code=503)
    said = read(await request.body())
    if said is None:
        return JSONResponse({"error": "bad_request"}, status_code=400)
    if stand.mischief is Mischief.BAD_NUMBER or not NUMBER.fullmatch(said["to"]):
        return JSONResponse({"error": "bad_number"}, status_code=422)
    status = "undelivered" if stand.mischief is Mischief.UNDELIVERED else "delivered"
    message = stand.exchange.take(Taken(**said, status=status, at=datetime.now(UTC)))
    return await answer_of(stand, message)


async def answer_of(stand: Stand, message: Taken) -> Response:
    """The message is taken by now; the mischief is only in what is said of it."""
    if stand.mischief is Mischief.SLOW:
        await asyncio.sleep(stand.slow_seconds)
    wrong = WRONG.get(stand.mischief)
    return wrong() if wrong else JSONResponse({"id": message.id, "status": "accepted"}, status_code=202)


async def broken_off() -> AsyncIterator[bytes]:
    yield b'{"id"'
    raise ConnectionResetError


WRONG: Mapping[Mischief, Callable[[], Response]] = {
    Mischief.BROKEN_JSON: lambda: Response('{"id": "', media_type="application/json", status_code=202),
    Mischief.HTML: lambda: HTMLResponse("<h1>Технічні роботи</h1>", status_code=200),
    Mischief.OTHER_ID: lambda: JSONResponse({"id": NOBODYS, "status": "accepted"}, status_code=202),
    Mischief.HANG_UP: lambda: StreamingResponse(broken_off(), status_code=202, headers={"Content-Length": "100"}),
    Mischief.FAILURE: lambda: JSONResponse({"error": "internal"}, status_code=500),
    Mischief.HUGE: lambda: Response("[" * 10_000_000, media_type="application/json", status_code=202),
}


async def report(request: Request) -> Response:
    stand, number = stand_of(request), request.path_params["number"]
    if not knows_the_key(request):
        return JSONResponse({"error": "bad_key"}, status_code=401)
    message = stand.exchange.messages.get(number)
    if message is None:
        return JSONResponse({"error": "not_known"}, status_code=404)
    return JSONResponse({"id": message.id, "status": message.status})


async def taken(request: Request) -> Response:
    """For tests: everything that has come, the newest first, and how often a number came again."""
    exchange = stand_of(request).exchange
    messages = [{**asdict(each), "at": each.at.isoformat()} for each in exchange.newest()]
    return JSONResponse({"messages": messages, "repeated": exchange.repeated})


async def choose(request: Request) -> Response:
    wanted = (await request.body()).decode("ascii", "ignore").partition("mischief=")[2]
    stand_of(request).mischief = Mischief(wanted) if wanted in set(Mischief) else Mischief.NONE
    return RedirectResponse("/", status_code=303)


async def page(request: Request) -> Response:
    stand = stand_of(request)
    rows = "".join(
        f"<li><b>{escape(each.to)}</b><p>{escape(each.text)}</p>"
        f"<small>{escape(each.sender)} · {each.at:%d.%m.%Y %H:%M} UTC · {escape(each.status)}</small></li>"
        for each in stand.exchange.newest()
    )
    chosen = "".join(
        f'<option value="{each}"{" selected" if each is stand.mischief else ""}>{escape(words)}</option>'
        for each, words in LABELS.items()
    )
    html = PAGE.substitute(rows=rows or "<li>Повідомлень ще немає.</li>", mischief=chosen)
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})


def read(content: bytes) -> dict[str, str] | None:
    """Exactly the four texts that the format names."""
    try:
        said = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    names = {"id", "to", "text", "sender"}
    if not isinstance(said, dict) or set(said) != names or not all(isinstance(each, str) for each in said.values()):
        return None
    return said if said["id"] and 0 < len(said["text"]) <= LONGEST_TEXT else None


def knows_the_key(request: Request) -> bool:
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {stand_of(request).key}".encode())


def stand_of(request: Request) -> Stand:
    stand: Stand = request.app.state.stand
    return stand
