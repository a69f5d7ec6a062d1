"""Handing a report to another system: when it is tried again, and what an answer means. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from edem.kernel.ukrainian import N_
from edem.services.reports.rules.tree import lineage


class Stage(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """Begun, and not yet known how it ended: it is looked for there before it is sent again."""
    SENT = "sent"
    REFUSED = "refused"
    """Their system does not want it as it is; a person has to look."""
    ENDED = "ended"
    """The organisation gave the report away before it went."""


class Fate(StrEnum):
    SENT = "sent"
    LATER = "later"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    GIVEN_AWAY = "given_away"
    """It never arrived there, and meanwhile it is not theirs any more."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What their system answered."""

    fate: Fate
    number: str = ""
    token: str = ""
    fault: str = ""


PAUSES: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
"""Between tries; the last one goes on."""
LOOKED_FOR_AFTER: Final = timedelta(minutes=2)
"""A server may still be writing it down when its answer is lost."""
LONGEST_NUMBER: Final = 100
DONE_THERE: Final = N_("Система організації позначила роботу виконаною.")
_LATER: Final = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""It says itself that it has taken nothing: the key is wrong or it is busy."""


def next_try(tries: int, *, now: datetime) -> datetime:
    return now + PAUSES[min(max(tries, 1), len(PAUSES)) - 1]


def fate_of(status: int, record: Mapping[str, str] | None) -> Sent:
    """`record`: the first of what was answered, None when it could not be read."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        number, token = ((record or {}).get(name, "").strip() for name in ("service_request_id", "token"))
        known = (number or token) and len(number) <= LONGEST_NUMBER >= len(token)
        return Sent(fate=Fate.SENT, number=number, token=token) if known else Sent(fate=Fate.UNKNOWN, fault="answer")
    if status in _LATER:
        return Sent(fate=Fate.LATER, fault=str(status))
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        said = " ".join((record or {}).get("description", "").split())
        return Sent(fate=Fate.REFUSED, fault=f"{status} {said}".strip()[:200])
    return Sent(fate=Fate.UNKNOWN, fault=str(status))


def service_for(codes: list[str], services: Mapping[str, str], *, default: str) -> str:
    """Their service for our main category: the nearest one named, from the category up."""
    main = codes[0] if codes else ""
    return next((services[code] for code in lineage(main) if code in services), default)
