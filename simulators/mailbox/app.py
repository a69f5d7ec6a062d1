"""The pages of the post office: the newest letters, and one letter as its reader would see it."""

from html import escape
from pathlib import Path
from string import Template

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from simulators.mailbox.letters import Letter, Mailbox

PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'"
# A letter's HTML comes from the platform under test, so it is shown as a stranger's: no scripts, no forms, no cookies.
STRANGER = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def create_app(mailbox: Mailbox) -> Starlette:
    app = Starlette(
        routes=[
            Route("/", letters),
            Route("/{name}/", one_letter),
            Route("/{name}/html", as_html),
            Route("/{name}/source", source),
        ]
    )
    app.state.mailbox = mailbox
    return app


async def letters(request: Request) -> Response:
    found = mailbox_of(request).newest()
    rows = "".join(row(letter) for letter in found) or "<li>Листів ще немає.</li>"
    return page("Листи", f"<h1>Листи демонстрації</h1><ul>{rows}</ul>")


def row(letter: Letter) -> str:
    return (
        f'<li><a href="/{letter.name}/"><b>{escape(letter.subject)}</b></a>'
        f"<small>{escape(letter.recipient)} · {letter.arrived_at:%d.%m.%Y %H:%M} UTC</small></li>"
    )


async def one_letter(request: Request) -> Response:
    letter = letter_of(request)
    if letter is None:
        return page("Листа немає", "<h1>Такого листа немає</h1><p><a href='/'>Усі листи</a></p>", status=404)
    html = f'<iframe src="/{letter.name}/html" title="Лист"></iframe>' if letter.body("html") else ""
    headers = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(letter.message[name]))}</dd>"
        for name in ("From", "To", "Date", "List-Unsubscribe")
        if letter.message[name]
    )
    body = f"<h1>{escape(letter.subject)}</h1><dl>{headers}</dl>{html}<pre>{escape(letter.body('plain'))}</pre>"
    links = f'<p><a href="/">Усі листи</a> · <a href="/{letter.name}/source">Як надійшов</a></p>'
    return page(letter.subject, body + links)


async def as_html(request: Request) -> Response:
    letter = letter_of(request)
    body = letter.body("html") if letter else ""
    return HTMLResponse(body, headers={"Content-Security-Policy": STRANGER}, status_code=200 if body else 404)


async def source(request: Request) -> Response:
    letter = letter_of(request)
    return PlainTextResponse(letter.message.as_string() if letter else "", status_code=200 if letter else 404)


def mailbox_of(request: Request) -> Mailbox:
    mailbox: Mailbox = request.app.state.mailbox
    return mailbox


def letter_of(request: Request) -> Letter | None:
    return mailbox_of(request).letter(request.path_params["name"])


def page(title: str, body: str, *, status: int = 200) -> Response:
    html = PAGE.substitute(title=escape(title), body=body)
    return HTMLResponse(html, status_code=status, headers={"Content-Security-Policy": NO_SCRIPTS})
