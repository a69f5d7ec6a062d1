"""The three addresses of id.gov.ua and the form behind the first: an ASGI application."""

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

from simulators.id_gov_ua.mischief import OF_ID_GOV_UA, Mischief
from simulators.id_gov_ua.page import ID_GOV_UA, METHODS, choice_page, refusal_page
from simulators.id_gov_ua.residents import residents_like
from simulators.id_gov_ua.stand import Stand
from simulators.sealing import NotACertificate

BROKEN = '{"access_token": "4c1f", "token_type": '


def create_app(stand: Stand) -> Starlette:
    app = Starlette(
        routes=[
            Route("/", authorise, methods=["GET"]),
            Route("/choose", choose, methods=["POST"]),
            Route("/get-access-token", get_access_token, methods=["GET", "POST"]),
            Route("/get-user-info", get_user_info, methods=["GET", "POST"]),
        ]
    )
    app.state.stand = stand
    return app


async def authorise(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    asked = dict(request.query_params)
    fault = _fault(stand, asked)
    if fault:
        return HTMLResponse(refusal_page(ID_GOV_UA, fault), status_code=400)
    found = residents_like(stand.residents, asked.get("q", ""))
    page = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    return HTMLResponse(choice_page(ID_GOV_UA, asked, methods=_methods(asked), found=found, page=max(page, 1)))


async def choose(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    form = await _parameters(request)
    resident = stand.resident(form.get("person", ""))
    fault = _fault(stand, form) or (None if resident else "Такої людини на стенді немає.")
    if fault or resident is None:
        return HTMLResponse(refusal_page(ID_GOV_UA, fault or ""), status_code=400)
    asked_for = form.get("mischief", "")
    mischief = Mischief(asked_for) if asked_for in set(OF_ID_GOV_UA) else Mischief.NONE
    if mischief is Mischief.DENIED:
        return _back(form, error="access_denied", error_description="User denied access")
    state = "forged-by-somebody-else" if mischief is Mischief.WRONG_STATE else form.get("state", "")
    method = form.get("method") or _methods(form)[0]
    code = stand.give_code(resident, auth_type=method, mischief=mischief, redirect_uri=form["redirect_uri"])
    return _back({**form, "state": state}, code=code)


async def get_access_token(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    asked = await _parameters(request)
    settings = stand.settings
    if (asked.get("client_id"), asked.get("client_secret")) != (settings.client_id, settings.client_secret):
        return _error("invalid_client", "Client authentication failed", status=401)
    if asked.get("grant_type") != "authorization_code":
        return _error("unsupported_grant_type", "grant_type must be authorization_code", status=400)
    grant = stand.take_code(asked.get("code", ""))
    if grant is None or asked.get("redirect_uri", grant.redirect_uri) != grant.redirect_uri:
        return _error("invalid_grant", "Authorization code is unknown, used or expired", status=400)
    if grant.mischief is Mischief.SLOW:
        await asyncio.sleep(settings.slow_seconds)
    if grant.mischief is Mischief.FAILURE:
        return PlainTextResponse("Internal Server Error", status_code=500)
    if grant.mischief is Mischief.BROKEN_TOKEN:
        return Response(BROKEN, media_type="application/json")
    return JSONResponse(
        {
            "access_token": stand.give_token(grant),
            "token_type": "bearer",
            "expires_in": str(settings.token_seconds),
            "refresh_token": secrets.token_hex(32),
            "user_id": grant.resident.id,
        }
    )


async def get_user_info(request: Request) -> Response:
    stand: Stand = request.app.state.stand
    asked = await _parameters(request)
    grant = stand.take_token(asked.get("access_token", ""), user_id=asked.get("user_id", ""))
    if grant is None:
        return _error("invalid_token", "Access token is unknown, used or expired", status=401)
    if grant.mischief is Mischief.BROKEN_PERSON:
        return Response(BROKEN, media_type="application/json")
    if grant.mischief is Mischief.NO_PERSON:
        return JSONResponse({"error": 5, "message": "User info is not available"})
    wanted = [field.strip() for field in asked.get("fields", "").split(",")]
    said = grant.resident.answer(wanted=wanted, auth_type=grant.auth_type, mischief=grant.mischief)
    return await _encrypted(stand, said, asked["cert"], grant.mischief) if asked.get("cert") else JSONResponse(said)


async def _encrypted(stand: Stand, said: Mapping[str, str], certificate: str, mischief: Mischief) -> Response:
    content = json.dumps(said, ensure_ascii=False).encode()
    try:
        sealed = await run_in_threadpool(stand.sealer.sealed, content, certificate=certificate, mischief=mischief)
    except NotACertificate:
        return JSONResponse({"encryptedUserInfo": "", "error": 2, "message": "cert is not an encryption certificate"})
    return JSONResponse({"encryptedUserInfo": b64encode(sealed).decode(), "message": "", "error": 0})


async def _parameters(request: Request) -> dict[str, str]:
    if request.method == "GET":
        return dict(request.query_params)
    body = await request.body()
    return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))


def _methods(asked: Mapping[str, str]) -> list[str]:
    return [method for method in asked.get("auth_type", "").split(",") if method in METHODS]


def _fault(stand: Stand, asked: Mapping[str, str]) -> str | None:
    """Why the request cannot be shown; nobody is redirected to an address the stand does not know."""
    if asked.get("client_id") != stand.settings.client_id:
        return "Такого client_id на стенді не зареєстровано."
    if not stand.settings.may_redirect_to(asked.get("redirect_uri", "")):
        return "Адреса redirect_uri не зареєстрована."
    if asked.get("response_type") != "code":
        return "Параметр response_type має бути code."
    return None if _methods(asked) else "Не названо жодного способу входу (auth_type)."


def _back(form: Mapping[str, str], **result: str) -> Response:
    query = urlencode({**result, "state": form.get("state", "")})
    joint = "&" if "?" in form["redirect_uri"] else "?"
    return RedirectResponse(f"{form['redirect_uri']}{joint}{query}", status_code=303)


def _error(code: str, description: str, *, status: int) -> Response:
    return JSONResponse({"error": code, "error_description": description}, status_code=status)
