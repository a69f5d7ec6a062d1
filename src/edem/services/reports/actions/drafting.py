"""Writing a report step by step: everything typed is kept at once, and forgotten a month after the last word."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.files.actions import remove_files
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing
from edem.kernel.geo.points import Point
from edem.services.reports.models import DraftShot, Photo, Report, ReportDraft
from edem.services.reports.queries.drafts import named
from edem.services.reports.queries.far_places import check_inside
from edem.services.reports.rules.draft import check_place, tidy_line, tidy_paragraphs
from edem.services.reports.rules.suggesting import certain
from edem.services.reports.rules.writing import PlacedBy, Typed, titled

KEPT_FOR: Final = timedelta(days=30)
MOST: Final = 20
"""Unsent drafts of one person: the oldest make room."""
_AT_ONCE: Final = 200


@transaction.atomic(durable=True)
def start_report(draft_id: UUID, community: Community, *, by: Person, now: datetime) -> ReportDraft:
    """The page that asks makes the id, so a form sent twice begins one draft."""
    if Report.objects.filter(client_uuid=draft_id).exists():
        raise Conflict("report.sent_already")
    begun = {"community": community, "author": by, "started_at": now, "touched_at": now}
    draft, is_new = ReportDraft.objects.get_or_create(pk=draft_id, defaults=begun)
    if draft.author_id != by.pk or draft.community_id != community.pk:
        raise Missing("report.no_such_draft")
    if is_new:
        _make_room(by, community)
    return draft


@transaction.atomic(durable=True)
def put_place(
    draft_id: UUID,
    *,
    by: Person,
    place: Point | None,
    placed_by: PlacedBy,
    accuracy_m: int | None,
    address: str,
    now: datetime,
    settlement_code: str = "",
) -> None:
    """A report may have no place at all (§3.1); a wrong one is refused here, where it can be mended."""
    draft = lock_draft(draft_id, by=by)
    check_place(place)
    check_inside(draft.community_id, place)

    typed = replace(
        Typed.read(draft.typed),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        accuracy_m=accuracy_m if place else None,
        placed_by=placed_by if place else PlacedBy.NOWHERE,
        address=tidy_line(address),
        settlement_code=settlement_code,
        is_place_given=True,
    )
    keep(draft, typed, now=now)


@transaction.atomic(durable=True)
def put_words(draft_id: UUID, *, by: Person, title: str, text: str, is_anonymous: bool, now: datetime) -> None:
    """The category is found in the words, unless the writer has chosen one or they are not clear."""
    draft = lock_draft(draft_id, by=by)

    typed = Typed.read(draft.typed)
    text = tidy_paragraphs(text)
    typed = replace(typed, title=titled(title, text), text=text, is_anonymous=is_anonymous)
    if not typed.categories or typed.are_suggested:
        found = certain(text, named(draft.community), title=typed.title)
        typed = replace(typed, categories=(found,) if found else (), are_suggested=True, answers={})
    keep(draft, typed, now=now)


@transaction.atomic(durable=True)
def choose_categories(draft_id: UUID, codes: Sequence[str], *, by: Person, now: datetime) -> None:
    draft = lock_draft(draft_id, by=by)

    typed = Typed.read(draft.typed)
    keep(draft, replace(typed, categories=tuple(codes), are_suggested=False, answers={}), now=now)


@transaction.atomic(durable=True)
def put_answers(draft_id: UUID, answers: dict[str, object], *, by: Person, now: datetime) -> None:
    draft = lock_draft(draft_id, by=by)

    keep(draft, replace(Typed.read(draft.typed), answers=answers or {"": ""}), now=now)


@transaction.atomic(durable=True)
def forget_draft(draft_id: UUID, *, by: Person) -> None:
    """Thrown away by its author: photos that nothing else shows go with it."""
    erase_drafts(list(ReportDraft.objects.filter(pk=draft_id, author=by).order_by("pk")))


@transaction.atomic(durable=True)
def close_sent_draft(draft_id: UUID) -> None:
    """The report has been sent and its photos are its own now; one that could not be opened was left out."""
    spoiled = DraftShot.objects.filter(draft=draft_id, file__drawing=Drawing.BROKEN, file__in=_on_no_report())
    files = list(spoiled.order_by("pk").values_list("file_id", flat=True))
    ReportDraft.objects.filter(pk=draft_id).delete()
    remove_files(files)


def forget_old_drafts(*, now: datetime) -> int:
    forgotten = 0
    old = ReportDraft.objects.filter(touched_at__lt=now - KEPT_FOR).order_by("touched_at", "pk")
    while drafts := list(old[:_AT_ONCE]):
        with transaction.atomic(durable=True):
            erase_drafts(drafts)
        forgotten += len(drafts)
    return forgotten


def lock_draft(draft_id: UUID, *, by: Person) -> ReportDraft:
    own = ReportDraft.objects.select_for_update(of=("self",)).select_related("community").filter(pk=draft_id, author=by)
    draft = own.order_by("pk").first()
    if draft is None:
        raise Missing("report.no_such_draft")
    return draft


def keep(draft: ReportDraft, typed: Typed, *, now: datetime) -> None:
    draft.typed, draft.touched_at = typed.kept(), now
    draft.save(update_fields=["typed", "touched_at"])


def _on_no_report() -> "QuerySet[StoredFile, Any]":
    return StoredFile.objects.exclude(pk__in=Photo.objects.values("file")).values("pk")


def _make_room(by: Person, community: Community) -> None:
    own = ReportDraft.objects.filter(author=by, community=community).order_by("-touched_at", "pk")
    erase_drafts(list(own[MOST:]))


def erase_drafts(drafts: Sequence[ReportDraft]) -> None:
    sent = set(
        Report.objects.filter(client_uuid__in=[each.pk for each in drafts])
        .order_by("pk")
        .values_list("client_uuid", flat=True)
    )
    unsent = [each.pk for each in drafts if each.pk not in sent]
    files = list(DraftShot.objects.filter(draft__in=unsent).order_by("pk").values_list("file_id", flat=True))
    ReportDraft.objects.filter(pk__in=[each.pk for each in drafts]).delete()
    remove_files(files)
