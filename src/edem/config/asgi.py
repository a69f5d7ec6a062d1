"""The front door: one port, and each request goes to one of its rooms (design §2.1)."""

from starlette.types import Receive, Scope, Send

from edem.config.front_door.arriving import Turned, arrive, true_sender
from edem.config.front_door.glance import glance_of
from edem.config.front_door.kind_pages import send_kind_page
from edem.config.front_door.opening import House, live_through
from edem.config.front_door.without_database import send_trouble
from edem.config.watch.counting import Seen
from edem.config.watch.room import PATHS as WATCH
from edem.foundation.identity.passes import open_pass
from edem.foundation.intake.room import PREFIX as ACTS
from edem.foundation.live.room import PREFIXES as LIVE

house = House(open_pass)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        seen = Seen(send)
        try:
            await answer(scope, receive, seen)
        except Turned as turned:
            await send_kind_page(scope, seen, turned.status)
        except Exception as error:  # noqa: BLE001 - it is logged there
            await send_trouble(error, scope, seen, room=seen.room)
    elif scope["type"] == "lifespan":
        await live_through(house, receive, send)


async def answer(scope: Scope, receive: Receive, seen: Seen) -> None:
    seen.room, glance = "memory", glance_of(scope)
    if glance is not None and await house.memory.answer_at_a_glance(glance, seen):
        return
    seen.room = "door"
    if scope["path"] in WATCH:
        seen.room = "watch"
        await house.watch.answer(scope, seen, address=true_sender(scope))
        return
    arrival = await arrive(scope)
    if arrival.path.startswith("/static/"):
        seen.room = "static"
        await house.static.answer(arrival, seen)
    elif arrival.path.startswith(ACTS):
        seen.room = "intake"
        await house.intake.answer(arrival, receive, seen)
    elif arrival.path.startswith(LIVE):
        seen.room = "live"
        await house.live.answer(arrival, receive, seen)
    else:
        seen.room = "memory"
        if not await house.memory.answer(arrival, seen, glance):
            seen.room = "django"
            seen.name(arrival)
            await house.django.answer(arrival, receive, seen)
