"""The four addresses of BankID and the form behind the first: an ASGI application."""

import asyncio
import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.authority import authority_routes
from simulators.bank_id.client import client_json
from simulators.bank_id.stand import Grant, Stand
from simulators.id_gov_ua.mischief import OF_BANK_ID, Mischief
from simulators.id_gov_ua.page import Face, choice_page, refusal_page
from simulators.id_gov_ua.residents import residents_like
from simulators.sealing import NotACertificate

BROKEN = '{"access_token": "4c1f", "token_type": '
AUTHORIZE = "/v1/bank/oauth2/authorize"
FACE = Face(name="BankID НБУ", address=AUTHORIZE, mischiefs=OF_BANK_ID)


def create_app(stand: Stand) -> Starlette:
    app = Starlette(
        routes=[
            Route(AUTHORIZE, authorize, methods=["GET"]),
            Route("/choose", choose, methods=["POST"]),
            Route("/v1/bank/oauth2/token", token, methods=["POST"]),
            Route("/v1/bank/oauth2/refresh_token", refresh_token, methods=["POST"]),
            Route("/v1/bank/resource/client", client, methods=["POST"]),
            *authority_routes(stand.bank.authority),
        ]
    )
    app.state.stand = stand
    return app


async def authorize(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    asked = dict(request.query_params)
    fault = _fault(stand, asked)
    if fault:
        return HTMLResponse(refusal_page(FACE, fault), status_code=400)
    found = residents_like(stand.residents, asked.get("q", ""))
    page = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    return HTMLResponse(choice_page(FACE, asked, methods=[], found=found, page=max(page, 1)))


async def choose(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    form = await _form(request)
    resident = stand.resident(form.get("person", ""))
    fault = _fault(stand, form) or (None if resident else "Такої людини на стенді немає.")
    if fault or resident is None:
        return HTMLResponse(refusal_page(FACE, fault or ""), status_code=400)
    asked_for = form.get("mischief", "")
    mischief = Mischief(asked_for) if asked_for in set(OF_BANK_ID) else Mischief.NONE
    if mischief is Mischief.DENIED:
        return _back(form, error="access_denied", error_description="User denied access")
    state = "forged-by-somebody-else" if mischief is Mischief.WRONG_STATE else form.get("state", "")
    code = stand.give_code(resident, mischief=mischief, redirect_uri=form["redirect_uri"])
    return _back({**form, "state": state}, code=code)


async def token(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    asked = await _form(request)
    refused = _client_refused(stand, asked)
    if refused:
        return refused
    grant = stand.take_code(asked.get("code", "")) if asked.get("grant_type") == "authorization_code" else None
    if grant is None or asked.get("redirect_uri") != grant.redirect_uri:
        return _error("invalid_grant", "Authorization code is unknown, used or expired", status=400)
    if grant.mischief is Mischief.SLOW:
        await asyncio.sleep(stand.settings.slow_seconds)
    if grant.mischief is Mischief.FAILURE:
        return PlainTextResponse("Internal Server Error", status_code=500)
    if grant.mischief is Mischief.BROKEN_TOKEN:
        return Response(BROKEN, media_type="application/json")
    ended = grant.mischief in {Mischief.EXPIRED_TOKEN, Mischief.SPENT_TOKEN}
    return _tokens(stand, grant, lasts=-1 if ended else stand.settings.token_seconds)


async def refresh_token(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    asked = await _form(request)
    refused = _client_refused(stand, asked)
    if refused:
        return refused
    grant = stand.take_refresh(asked.get("refresh_token", ""))
    if grant is None or grant.mischief is Mischief.SPENT_TOKEN:
        return _error("invalid_grant", "Refresh token is unknown, used or expired", status=400)
    return _tokens(stand, grant, lasts=stand.settings.token_seconds)


async def client(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    grant = stand.by_token(request.headers.get("Authorization", "").removeprefix("Bearer "))
    if grant is None:
        return _error("invalid_token", "Access token is unknown or expired", status=401)
    try:
        asked = json.loads(await request.body())
        certificate = str(asked["cert"])
    except (ValueError, KeyError, TypeError):
        return _error("invalid_request", "JSON with cert and fields is expected", status=400)
    if grant.mischief is Mischief.BROKEN_PERSON:
        return Response(BROKEN, media_type="application/json")
    if grant.mischief is Mischief.NO_PERSON:
        return JSONResponse({"state": "err", "desc": "Client data is not available"})
    said = json.dumps(client_json(grant.resident, asked, mischief=grant.mischief), ensure_ascii=False).encode()
    try:
        sealed = await run_in_threadpool(stand.bank.sealed, said, certificate=certificate, mischief=grant.mischief)
    except NotACertificate:
        return _error("invalid_request", "cert is not an encryption certificate", status=400)
    return JSONResponse(
        {
            "state": "ok",
            "cert": b64encode(stand.bank.named_certificate(grant.mischief)).decode(),
            "customerCrypto": b64encode(sealed).decode(),
            "memberId": "stand-bank",
            "sidBi": secrets.token_hex(16),
        }
    )


async def _form(request: Request) -> dict[str, str]:
    body = await request.body()
    return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))


def _fault(stand: Stand, asked: Mapping[str, str]) -> str | None:
    """Why the request cannot be shown; nobody is redirected to an address the stand does not know."""
    if asked.get("client_id") != stand.settings.client_id:
        return "Такого client_id на стенді не зареєстровано."
    if not stand.settings.may_redirect_to(asked.get("redirect_uri", "")):
        return "Адреса redirect_uri не зареєстрована."
    return None if asked.get("response_type") == "code" else "Параметр response_type має бути code."


def _client_refused(stand: Stand, asked: Mapping[str, str]) -> Response | None:
    known = (stand.settings.client_id, stand.settings.client_secret)
    if (asked.get("client_id"), asked.get("client_secret")) == known:
        return None
    return _error("invalid_client", "Client authentication failed", status=401)


def _tokens(stand: Stand, grant: Grant, *, lasts: float) -> Response:
    access, refresh = stand.give_tokens(grant, lasts=lasts)
    seconds = int(stand.settings.token_seconds)
    return JSONResponse(
        {"access_token": access, "token_type": "bearer", "expires_in": seconds, "refresh_token": refresh}
    )


def _back(form: Mapping[str, str], **result: str) -> Response:
    query = urlencode({**result, "state": form.get("state", "")})
    joint = "&" if "?" in form["redirect_uri"] else "?"
    return RedirectResponse(f"{form['redirect_uri']}{joint}{query}", status_code=303)


def _error(code: str, description: str, *, status: int) -> Response:
    return JSONResponse({"error": code, "error_description": description}, status_code=status)
