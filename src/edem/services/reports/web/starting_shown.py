"""Parts of a new report as its pages show them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community
from edem.foundation.files.queries import address_of_file
from edem.foundation.files.rules import VIDEOS
from edem.kernel.lifecycle import StateLook
from edem.services.reports.queries.drafts import Writing
from edem.services.reports.queries.known_addresses import addresses_known
from edem.services.reports.queries.similar import Alike
from edem.services.reports.queries.tiles import box_of
from edem.services.reports.rules.lifecycle import STATES, State
from edem.services.reports.rules.writing import PlacedBy
from edem.ui.answers.answers import Answer
from edem.ui.maps import map_setup
from edem.ui.words import day


@dataclass(frozen=True, kw_only=True)
class ShotShown:
    pk: int
    url: str
    is_video: bool
    is_blurred: bool
    drawing: str
    """Empty when it can be shown."""
    name: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class AlikeShown:
    pk: int
    title: str
    look: StateLook
    meta: str
    is_closed: bool


def shots_shown(writing: Writing) -> list[ShotShown]:
    return [
        ShotShown(
            pk=each.pk,
            url=address_of_file(each.file),
            is_video=each.file.kind in VIDEOS,
            is_blurred=each.is_blurred,
            drawing=each.file.drawing,
            name=each.file.name,
            width=each.width,
            height=each.height,
        )
        for each in writing.shots
    ]


def place_facts(community: Community, writing: Writing) -> dict[str, object]:
    """Where the map looks, and what is known of the place already."""
    box = box_of(community)
    return {
        "map_setup": map_setup(),
        "bounds": json.dumps([box.west, box.south, box.east, box.north]) if box else "",
        "is_from_photo": writing.typed.placed_by == PlacedBy.PHOTO,
        "addresses": addresses_known(community, writing.typed.point),
    }


def alike_shown(found: Sequence[Alike]) -> list[AlikeShown]:
    return [
        AlikeShown(
            pk=each.report.pk,
            title=each.report.title,
            look=STATES[State(each.report.state)],
            meta=" · ".join(
                part
                for part in (
                    _("за %(metres)s м звідси") % {"metres": max(1, each.distance_m)},
                    each.report.address,
                    day(each.report.published_at) if each.report.published_at else "",
                )
                if part
            ),
            is_closed=each.report.state == State.CLOSED,
        )
        for each in found
    ]


def answers_shown(writing: Writing) -> list[Answer]:
    typed, draft = writing.typed, writing.draft

    def change(part: str) -> str:
        return reverse(f"reports:start_{part}", args=[draft.pk])

    rows = [
        Answer(question=_("Заголовок"), answer=typed.title, change_url=change("words")),
        Answer(question=_("Що сталося"), answer=typed.text, change_url=change("words")),
        Answer(question=_("Де"), answer=place_words(writing), change_url=change("place")),
        Answer(
            question=_("Категорія"),
            answer=", ".join(each.title for each in writing.chosen),
            change_url=change("category"),
        ),
    ]
    asked = {str(question["code"]): str(question["label"]) for question in writing.questions}
    rows += [
        Answer(question=asked[code], answer=_told(answer), change_url=change("questions"))
        for code, answer in typed.answers.items()
        if code in asked
    ]
    return rows


def place_words(writing: Writing) -> str:
    typed = writing.typed
    pin = _("позначка на мапі (%(lat).5f, %(lon).5f)") % {"lat": typed.lat, "lon": typed.lon} if typed.point else ""
    return "; ".join(part for part in (typed.address, pin) if part) or _("Місце не вказано")


def _told(answer: object) -> str:
    return ", ".join(map(str, answer)) if isinstance(answer, list | tuple) else str(answer)
