"""The two ports of the service, and the page with its subscribers' phones: an ASGI application."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.mobile_id import soap
from simulators.mobile_id.mischief import Deed, Mischief
from simulators.mobile_id.page import phones_page
from simulators.mobile_id.phones import Operator, Ringing
from simulators.mobile_id.soap import Asked, Misread

Sign = Callable[[Ringing, Deed], str]
"""What the phone's key makes of the text, base64."""

FAULTS = {Deed.CANCEL: "401", Deed.BLOCK_PIN: "402", Deed.LET_EXPIRE: "208", Deed.REVOKED: "501"}


def create_app(service: Operator, sign: Sign) -> Starlette:
    app = Starlette(
        routes=[
            Route("/MSS_Signature", mss_signature, methods=["POST"]),
            Route("/MSS_Status", mss_status, methods=["POST"]),
            Route("/", phones, methods=["GET"]),
            Route("/waiting", waiting, methods=["GET"]),
            Route("/phones/{transaction}", press, methods=["POST"]),
            Route("/mischief", choose_mischief, methods=["POST"]),
        ]
    )
    app.state.service, app.state.sign = service, sign
    return app


async def mss_signature(request: Request) -> Response:
    service: Operator = request.app.state.service
    try:
        asked = soap.asked_in(await request.body())
    except Misread as wrong:
        return _fault(wrong.code)
    if not service.knows(asked):
        return _fault("104")
    if not asked.to_sign:
        return _fault("102")
    one = service.ring(asked)
    if one is None:
        return _fault("105")
    if service.settings.at_once:
        await _do(request, one, Deed.SIGN)
    if asked.mode == "synch":
        with suppress(TimeoutError):
            await asyncio.wait_for(one.done.wait(), asked.seconds)
        return await _told(request, asked, one)
    return await _wronged(request, asked, one, status="100")


async def mss_status(request: Request) -> Response:
    service: Operator = request.app.state.service
    try:
        asked = soap.asked_in(await request.body())
    except Misread as wrong:
        return _fault(wrong.code)
    if not service.knows(asked):
        return _fault("104")
    one = service.ringing.get(asked.transaction)
    return await _told(request, asked, one) if one else _fault("101")


async def _told(request: Request, asked: Asked, one: Ringing) -> Response:
    if one.deed in FAULTS:
        return _fault(FAULTS[one.deed])
    if one.deed is None and one.is_over:
        return _fault("208")
    return await _wronged(request, asked, one, status="500" if one.signature else "504")


NONSENSE: dict[Mischief, Callable[[], str]] = {
    Mischief.BROKEN_XML: lambda: "<soap:Envelope><soap:Body>",
    Mischief.ENTITY_BOMB: soap.bomb,
    Mischief.OUTSIDE_ENTITY: soap.outside,
    Mischief.HUGE: lambda: f"<b>{'x' * 10_000_000}</b>",
    Mischief.DEEP: soap.deep,
}


async def _wronged(request: Request, asked: Asked, one: Ringing, *, status: str) -> Response:
    service: Operator = request.app.state.service
    mischief = service.take_mischief()
    if mischief in NONSENSE:
        return _xml(NONSENSE[mischief]())
    if mischief is Mischief.FAILURE:
        return Response("Internal Server Error", status_code=500, media_type="text/plain")
    if mischief is Mischief.REFUSES_US:
        return _fault("104")
    if mischief is Mischief.SLOW:
        await asyncio.sleep(service.settings.slow_seconds)
    transaction = "somebody-elses" if mischief is Mischief.OTHER_TRANSACTION else one.transaction
    msisdn = "380990000000" if mischief is Mischief.OTHER_PHONE else one.subscriber.msisdn
    status = "777" if mischief is Mischief.UNKNOWN_STATUS else status
    return _xml(
        soap.answer(asked, status=status, transaction=transaction, msisdn=f"+{msisdn}", signature=one.signature)
    )


async def phones(request: Request) -> Response:
    return HTMLResponse(phones_page(request.app.state.service))


async def waiting(request: Request) -> Response:
    """For tests: what the screens show."""
    service: Operator = request.app.state.service
    return JSONResponse(
        [{"transaction": one.transaction, "phone": one.subscriber.msisdn, "shown": one.asked.to_show,
          "text": one.asked.to_sign} for one in service.waiting()]
    )  # fmt: skip


async def press(request: Request) -> Response:
    service: Operator = request.app.state.service
    one = service.ringing.get(request.path_params["transaction"])
    deed = (await _form(request)).get("deed", "")
    if one is not None and one.deed is None and deed in set(Deed):
        await _do(request, one, Deed(deed))
    return RedirectResponse("/", status_code=303)


async def choose_mischief(request: Request) -> Response:
    wanted = (await _form(request)).get("mischief", "")
    request.app.state.service.next_mischief = Mischief(wanted) if wanted in set(Mischief) else Mischief.NONE
    return RedirectResponse("/", status_code=303)


async def _do(request: Request, one: Ringing, deed: Deed) -> None:
    if deed not in FAULTS:
        one.signature = await asyncio.to_thread(request.app.state.sign, one, deed)
    one.deed = deed
    one.done.set()


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode()))


def _xml(text: str) -> Response:
    return Response(text, media_type="application/soap+xml")


def _fault(code: str) -> Response:
    return Response(soap.fault(code), status_code=500, media_type="application/soap+xml")
