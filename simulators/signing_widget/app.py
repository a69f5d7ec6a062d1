"""The widget's page, its signing behind the page, and the program for files: an ASGI application."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from edem.kernel.kep.making.authority import Issued
from edem.kernel.kep.making.subjects import Person
from simulators.kep_provider.provider import Provider
from simulators.kep_provider.signing import signed
from simulators.signing_widget.mischief import Key
from simulators.signing_widget.page import program_page, script, widget_page

SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose keys there are."""

    provider: Provider
    people: Mapping[str, Person]

    def card(self, person_id: str, key: str) -> Issued | None:
        person = self.people.get(person_id)
        if person is None or key not in set(Key):
            return None
        made: Mapping[str, Callable[[Person], Issued]] = {
            Key.EXPIRED: self.provider.expired_card_of,
            Key.REVOKED: self.provider.revoked_card_of,
            Key.UNKNOWN_ROOT: self.provider.strange_card_of,
            Key.SEAL: lambda _: self.provider.office,
        }
        return made.get(key, self.provider.card_of)(person)


def create_app(desk: Desk) -> Starlette:
    app = Starlette(
        routes=[
            Route("/", widget, methods=["GET"]),
            Route("/widget.js", widget_script, methods=["GET"]),
            Route("/sign", sign_for_widget, methods=["POST"]),
            Route("/program", program, methods=["GET"]),
            Route("/program", sign_file, methods=["POST"]),
        ]
    )
    app.state.desk = desk
    return app


async def widget(request: Request) -> Response:
    """In a frame of the site that `address` names; it answers that site alone."""
    address = request.query_params.get("address", "")
    page = HTMLResponse(widget_page(request.app.state.desk.people, address=address))
    page.headers["Content-Security-Policy"] = SCRIPTS
    return page


async def widget_script(_request: Request) -> Response:
    return Response(script(), media_type="text/javascript")


async def sign_for_widget(request: Request) -> Response:
    """What the page's script asks for: person, key, text in base64, whether the text stays outside."""
    asked = json.loads(await request.body())
    card = request.app.state.desk.card(asked["person"], asked["key"])
    if card is None:
        return JSONResponse({"error": "no such key"}, status_code=400)
    made = _signed(request, b64decode(asked["content"]), card, is_detached=bool(asked["external"]))
    return JSONResponse({"signed": b64encode(made).decode()})


async def program(request: Request) -> Response:
    return HTMLResponse(program_page(request.app.state.desk.people))


async def sign_file(request: Request) -> Response:
    fields = parts_of(await request.body(), request.headers.get("content-type", ""))
    card = request.app.state.desk.card(_text(fields, "person"), _text(fields, "key"))
    name, content = fields.get("file", ("", b""))
    if card is None or not content:
        return PlainTextResponse("Виберіть людину й файл.", status_code=400)
    made = _signed(
        request,
        content,
        card,
        is_detached=_text(fields, "form") == "detached",
        is_long=_text(fields, "level") == "long",
    )
    return Response(
        made,
        media_type="application/pkcs7-signature",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{name}.p7s')}"},
    )


def parts_of(body: bytes, content_type: str) -> dict[str, tuple[str, bytes]]:
    """multipart/form-data by the standard library: field → name of its file and its content."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    whole: Message = BytesParser(policy=HTTP).parsebytes(head + body)
    found: dict[str, tuple[str, bytes]] = {}
    for part in whole.walk():
        field = part.get_param("name", header="content-disposition")
        if isinstance(field, str):
            content = part.get_payload(decode=True)
            found[field] = (part.get_filename() or "", content if isinstance(content, bytes) else b"")
    return found


def _text(fields: Mapping[str, tuple[str, bytes]], name: str) -> str:
    return fields.get(name, ("", b""))[1].decode().strip()


def _signed(request: Request, content: bytes, card: Issued, *, is_detached: bool, is_long: bool = True) -> bytes:
    now, provider = datetime.now(UTC), request.app.state.desk.provider
    return signed(content, card, provider, now=now, is_detached=is_detached, is_long=is_long)
