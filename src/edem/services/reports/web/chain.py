"""The public chain of organisations: who held the report, how long, and what they did with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.services.reports.queries.reading import ReportPage
from edem.ui.words import moment

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Link:
    """One organisation in the chain, in words."""

    name: str
    is_now: bool
    held: str
    """«2 дні» or «3 години»."""
    since: str
    deeds: Sequence[str]
    reason: str
    passed_to: str


def chain_of(page: ReportPage) -> Sequence[Link]:
    return [
        Link(
            name=each.organisation.name,
            is_now=each.returned_at is None and each.closed_at is None,
            held=held_words((each.returned_at or each.closed_at or page.as_of) - each.sent_at),
            since=moment(each.sent_at),
            deeds=deeds_of(
                (_("керівника поінформовано %(when)s"), each.head_informed_at),
                (_("передано в систему організації %(when)s"), sent_there_at(each)),
                (_("система організації не прийняла %(when)s"), refused_there_at(each)),
                (_("прийнято в роботу %(when)s"), each.accepted_at),
                (_("виконавець доповів %(when)s"), each.reported_at),
                (_("надіслано повторно %(when)s"), each.resent_at),
                (_("повернуто як не своє %(when)s"), each.returned_at),
                (_("роботу закінчено %(when)s"), each.closed_at),
            ),
            reason=each.return_reason,
            passed_to=each.passed_to.name if each.passed_to else "",
        )
        for each in page.chain
    ]


def sent_there_at(link: object) -> datetime | None:
    """When their own Open311 server took it, if they have one."""
    return getattr(getattr(link, "forwarding", None), "sent_at", None)


def refused_there_at(link: object) -> datetime | None:
    return getattr(getattr(link, "forwarding", None), "refused_at", None)


def deeds_of(*deeds: tuple[str, datetime | None]) -> Sequence[str]:
    done = sorted((at, words) for words, at in deeds if at is not None)
    return [words % {"when": moment(at)} for at, words in done]


def held_words(held: timedelta) -> str:
    if held < HOUR:
        return _("менше години")
    if held < timedelta(days=1):
        hours = int(held / HOUR)
        return ngettext("%(n)d година", "%(n)d годин", hours) % {"n": hours}
    return ngettext("%(n)d день", "%(n)d днів", held.days) % {"n": held.days}
