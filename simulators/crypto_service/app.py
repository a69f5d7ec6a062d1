"""`GET /certificate` and `POST /open`, for whoever shows the token; the key never leaves this process."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from simulators.crypto_service.holder import CannotOpen, Holder

LARGEST = 2 * 2**20


class Mischief(StrEnum):
    NONE = "none"
    SLOW = "slow"
    FAILURE = "failure"
    NONSENSE = "nonsense"


@dataclass
class Stand:
    holder: Holder
    token: str
    slow_seconds: float = 30
    mischief: Mischief = field(default=Mischief.NONE)


def create_app(service: Stand) -> Starlette:
    app = Starlette(
        routes=[
            Route("/certificate", guarded(certificate), methods=["GET"]),
            Route("/open", guarded(open_envelope), methods=["POST"]),
            Route("/mischief/{name}", guarded(choose_mischief), methods=["POST"]),
        ]
    )
    app.state.service = service
    return app


def guarded(room: Callable[[Request, Stand], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        service: Stand = request.app.state.service
        shown = request.headers.get("Authorization", "")
        if not hmac.compare_digest(shown.encode(), f"Bearer {service.token}".encode()):
            return JSONResponse({"error": "unauthorized"}, status_code=401)
        return await room(request, service)

    return answer


async def certificate(request: Request, service: Stand) -> Response:
    del request
    return Response(service.holder.certificate, media_type="application/pkix-cert")


async def open_envelope(request: Request, service: Stand) -> Response:
    envelope = await request.body()
    if service.mischief is Mischief.SLOW:
        await asyncio.sleep(service.slow_seconds)
    if service.mischief is Mischief.FAILURE:
        return PlainTextResponse("Internal Server Error", status_code=500)
    if service.mischief is Mischief.NONSENSE:
        return Response(b"\x00\xff nonsense", media_type="application/octet-stream")
    if len(envelope) > LARGEST:
        return JSONResponse({"error": "too_large"}, status_code=413)
    try:
        content = await run_in_threadpool(service.holder.opened, envelope)
    except CannotOpen as why:
        return JSONResponse({"error": str(why)}, status_code=422)
    return Response(content, media_type="application/octet-stream")


async def choose_mischief(request: Request, service: Stand) -> Response:
    service.mischief = Mischief(request.path_params["name"])
    return JSONResponse({"mischief": service.mischief})
