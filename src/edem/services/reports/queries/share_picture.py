"""The picture that networks show with a link to a report that has no photo: what happened, where, how it stands."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import override

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.documents.rendering import render_png
from edem.services.reports.models import Report
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.lifecycle import STATES, State

MOST_PICTURES: Final = 128
NO_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The picture tells no day."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What the picture shows; two that show the same are drawn once."""

    title: str
    state: str
    tone: str
    shape: str
    where: str
    number: str
    code: str
    accent: str
    place: str
    community: Community = field(compare=False, repr=False)


def picture_of(report: Report) -> Picture:
    look, community = STATES[State(report.state)], report.community
    with override("uk"):  # one picture for everybody who is sent the link
        return Picture(
            title=report.title,
            state=_(look.label),
            tone=look.tone,
            shape=look.shape,
            where=report.address,
            number=_("Повідомлення № %(n)s") % {"n": report.number} if report.number else "",
            code=community.katottg,
            accent=community.accent,
            place=community.name,
            community=community,
        )


@lru_cache(maxsize=MOST_PICTURES)
def drawn(picture: Picture) -> bytes:
    """PNG, 1200 × 630. Each process keeps the last few."""
    facts = {name: getattr(picture, name) for name in ("title", "state", "tone", "shape", "where", "number")}
    return render_png("reports/share_card.typ", facts, community=picture.community, now=NO_DAY)


def picture_address(report: Report) -> str:
    """With the state that it shows: networks keep pictures by address and would never ask again."""
    edition = int(report.edited_at.timestamp()) if report.edited_at else 0
    shown = urlencode({"shown": f"{report.state}-{edition}"})
    return f"{address_of_page(report.community, path_of(report))}share.png?{shown}"
