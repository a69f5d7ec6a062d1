"""The front door: one port, and each request goes to one of its rooms (design §2.1)."""

import logging

from starlette.types import Receive, Scope, Send

from edem.config.front_door.arriving import Turned, arrive
from edem.config.front_door.kind_pages import send_kind_page
from edem.config.front_door.opening import House, live_through
from edem.foundation.identity.passes import open_pass
from edem.foundation.intake.room import PREFIX as ACTS
from edem.foundation.live.room import PREFIXES as LIVE

log = logging.getLogger(__name__)
house = House(open_pass)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        try:
            await answer(scope, receive, send)
        except Turned as turned:
            await send_kind_page(scope, send, turned.status)
        except Exception:
            log.exception("The front door failed at %s", scope["path"])
            await send_kind_page(scope, send, 500)
    elif scope["type"] == "lifespan":
        await live_through(house, receive, send)


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    arrival = await arrive(scope)
    if arrival.path.startswith("/static/"):
        await house.static.answer(arrival, send)
    elif arrival.path.startswith(ACTS):
        await house.intake.answer(arrival, receive, send)
    elif arrival.path.startswith(LIVE):
        await house.live.answer(arrival, receive, send)
    elif not await house.memory.answer(arrival, send):
        await house.django.answer(arrival, receive, send)
