"""A petition as it is passed on: the picture with a link, a poster, a flyer, words to copy."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.documents.rendering import render_pdf, render_png
from edem.foundation.documents.sharing import ShareLink, links_to, shortened
from edem.kernel.errors import Missing
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.pages import PetitionPage, petition_page
from edem.services.petitions.queries.withheld import was_public
from edem.services.petitions.rules.lifecycle import State
from edem.ui.words import day, number

STEPS: Final = 50
"""The picture is drawn anew when the count has moved by a fiftieth of the goal, not at every signature."""
MOST_PICTURES: Final = 128
NO_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The picture tells no day."""
POSTER_WORDS: Final = 420
FLYER_WORDS: Final = 230
_COUNTED: Final = frozenset(
    {State.COLLECTING, State.REACHED, State.HANDED_OVER, State.CONSIDERATION, State.FELL_SHORT, State.APPEAL}
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What the picture shows; two that show the same are drawn once."""

    title: str
    count: str
    words: str
    goal: int
    share: int
    place: str
    accent: str
    code: str
    community: Community = field(compare=False, repr=False)


def page_to_share(community: Community, petition_id: int, *, now: datetime) -> PetitionPage:
    """As a visitor sees it: what is not public, or whose text is withheld, is not passed on."""
    page = petition_page(community, petition_id, reader=None, now=now)
    if not page.shows_text or not was_public(page.petition) or page.state in {State.REJECTED, State.WITHDRAWN}:
        raise Missing("petition.missing")
    return page


def counted_to(count: int, required: int) -> int:
    return count - count % max(1, required // STEPS)


def picture_of(page: PetitionPage) -> Picture:
    petition, community = page.petition, page.petition.community
    shown = counted_to(page.count, petition.required)
    with override("uk"):  # one picture for everybody who is sent the link
        counted = page.state in _COUNTED
        of_needed = ngettext("підпис із %(goal)s", "підписів із %(goal)s", shown) % {"goal": number(petition.required)}
        told = _(page.decision_label) if page.decision_label else _(page.look.label)
        exact = number(shown)
        return Picture(
            title=petition.title,
            count=exact if shown == page.count else _("понад %(count)s") % {"count": exact},
            words=of_needed if counted else told,
            goal=petition.required if counted else 0,
            share=min(100, shown * 100 // petition.required),
            place=community.name,
            accent=community.accent,
            code=community.katottg,
            community=community,
        )


@lru_cache(maxsize=MOST_PICTURES)
def drawn(picture: Picture) -> bytes:
    """PNG, 1200 × 630. Each process keeps the last few: a hundred kilobytes each."""
    facts = {name: getattr(picture, name) for name in ("title", "count", "words", "goal", "share")}
    return render_png("petitions/share_card.typ", facts, community=picture.community, now=NO_DAY)


def poster_pdf(page: PetitionPage, *, paper: str) -> bytes:
    return _printed("documents/poster.typ", page, words=POSTER_WORDS, paper=paper)


def flyer_pdf(page: PetitionPage) -> bytes:
    return _printed("petitions/flyer.typ", page, words=FLYER_WORDS, paper="a4")


def poster_text(page: PetitionPage) -> str:
    """The poster's words, for a chat or for whoever reads with their ears."""
    told = poster_facts(page, words=POSTER_WORDS)
    lines = (told["over"], told["title"], told["demand"], f"{told['act']}: {address_of(page.petition)}", told["foot"])
    return "\n\n".join(str(line) for line in lines) + "\n"


def _printed(template: str, page: PetitionPage, *, words: int, paper: str) -> bytes:
    community = page.petition.community
    facts = poster_facts(page, words=words) | {"paper": paper}
    return render_pdf(template, facts, community=community, now=page.as_of, link=address_of(page.petition))


def poster_facts(page: PetitionPage, *, words: int) -> dict[str, object]:
    petition = page.petition
    with override("uk"):  # posters hang in the community, whatever language their maker reads
        closes = _("Збір підписів — до %(day)s.") % {"day": day(petition.closes_at)} if petition.closes_at else ""
        address = address_of(petition)
        return {
            "title": petition.title,
            "over": _("Петиція до ради · %(community)s") % {"community": petition.community.name},
            "demand": shortened(petition.demand, words),
            "act": _("Підпишіть") if page.is_signable else _("Прочитайте"),
            "how": _("Наведіть камеру телефона на код або відкрийте сторінку:"),
            "address": address.removeprefix("https://").removeprefix("http://"),
            "foot": closes if page.is_signable else _(page.look.label),
        }


def address_of(petition: Petition) -> str:
    return address_of_page(petition.community, f"/petitions/{petition.pk}/")


def links_of(page: PetitionPage) -> list[ShareLink]:
    return links_to(address_of(page.petition), title=page.petition.title)


def picture_address(page: PetitionPage) -> str:
    """With the count that it shows: networks keep pictures by address and would never ask again."""
    shown = counted_to(page.count, page.petition.required)
    return f"{address_of(page.petition)}share.png?{urlencode({'shown': f'{shown}-{page.state}'})}"
