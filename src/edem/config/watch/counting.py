"""What the front door counts of every request: the room, the status, how long until the answer began."""

from collections.abc import Awaitable
from time import monotonic
from typing import Final

from starlette.types import Message, Send

from edem.config.request_log import request_id_of
from edem.foundation.live.arrival import Arrival
from edem.kernel.figures import SECONDS, Count, Level, Spread

REQUESTS: Final = Count("edem_requests", "Requests answered, by room and status.", labels=("room", "status"))
LATENCY: Final = Spread(
    "edem_request_seconds", "Time until an answer began, by room.", bounds=SECONDS, labels=("room",), unit="seconds"
)
LISTENERS: Final = Level("edem_live_listeners", "Open pages that listen to a live counter.")
_REQUEST_ID: Final = b"x-request-id"


class Seen:
    """One request on its way: stands where `send` stands, and notes the moment when the answer begins."""

    __slots__ = ("began", "request_id", "room", "send", "status")

    def __init__(self, send: Send) -> None:
        self.send, self.room, self.status = send, "door", 0
        self.request_id = b""
        self.began = monotonic()

    def name(self, arrival: Arrival) -> None:
        """Give the request an id: Django writes it into its journal, the reader finds it in the answer."""
        self.request_id = request_id_of(arrival.headers.get(_REQUEST_ID, b""))
        others = [pair for pair in arrival.scope["headers"] if pair[0] != _REQUEST_ID]
        arrival.scope["headers"] = [*others, (_REQUEST_ID, self.request_id)]

    def __call__(self, message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            REQUESTS.add(self.room, str(self.status))
            LATENCY.add(monotonic() - self.began, self.room)
            if self.request_id:
                message["headers"] = [*message["headers"], (_REQUEST_ID, self.request_id)]
        return self.send(message)
