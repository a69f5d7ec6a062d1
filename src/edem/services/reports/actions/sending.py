"""A resident sends a report (§3.1): exactly once, however often the phone tries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from edem.foundation.communities.models import Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import keep_files
from edem.foundation.files.thumbnails import ask_thumbnails
from edem.foundation.identity.queries import standing_of
from edem.foundation.moderation.actions import open_case
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.errors import Conflict
from edem.kernel.geo.cells import cell_of
from edem.kernel.lifecycle import AUTHOR
from edem.services.reports.actions.drawing import lock_to_keep
from edem.services.reports.actions.publishing import make_public
from edem.services.reports.charter import Moderation, ReportCharter
from edem.services.reports.events import ReportSent
from edem.services.reports.models import Category, Photo, Report, ReportCategory, ReportNumbers
from edem.services.reports.queries.categories import categories_chosen
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.queries.far_places import check_inside
from edem.services.reports.queries.settlements import settlement_for
from edem.services.reports.queries.subjects import moderated, path_of
from edem.services.reports.rules.answers import check_answers
from edem.services.reports.rules.draft import PHONE, SITE, Draft, DraftPhoto, check_draft, tidy
from edem.services.reports.rules.sending import Sender, check_may_send
from edem.services.reports.rules.terms import ClockName, clock


@transaction.atomic(durable=True)
def send_report(draft: Draft, *, community: Community, by: Person | None, now: datetime, assurance: str = "") -> Report:
    """Take in a report; one with a known `client_uuid` is the same report, and nothing happens twice.

    `by` is its author on the site, the operator who wrote down a phone call, nobody for programs.
    """
    known = sent_before(draft.client_uuid, community, by)
    if known is not None:
        return known
    version = charter_in_force(community.pk, CODE, now=now)
    charter = read_version(version.pk)

    draft = tidy(draft)
    check_draft(draft, photos_most=charter.photos_most)
    check_inside(community.pk, draft.place)
    if draft.source == SITE and by is not None:
        member = not charter.only_members_send or standing_of(by, community, now=now).is_member
        sender = Sender(is_member=member, assurance=assurance)
        check_may_send(charter, sender, is_anonymous=draft.is_anonymous)
    chosen = categories_chosen(community.pk, draft.categories)
    answers = check_answers([question for each in chosen for question in each.questions], draft.answers)

    try:
        with transaction.atomic():
            report = written(draft, community=community, charter_id=version.pk, by=by, answers=answers, now=now)
    except IntegrityError:  # the same report came twice at once, and the other was first
        return sent_meanwhile(draft.client_uuid, community, by)
    put_under(report, chosen)
    add_photos(report, draft.photos, by=by, now=now)
    if charter.moderation is Moderation.AFTER:
        make_public(report, by=by, actor=AUTHOR, now=now, is_new=True)
    else:
        wait_for_moderator(report, charter, now=now)

    report.number = next_number(community.pk)
    report.save(update_fields=["number"])
    return report


def sent_before(client_uuid: UUID, community: Community, by: Person | None) -> Report | None:
    """The report that has this number of its sender's; nobody takes another's number over."""
    known = Report.objects.filter(client_uuid=client_uuid).order_by("pk").first()
    if known is None:
        return None
    is_own = known.community_id == community.pk and (known.author_id is None or (by and known.author_id == by.pk))
    if not is_own:
        raise Conflict("report.uuid_of_another")
    return known


def sent_meanwhile(client_uuid: UUID, community: Community, by: Person | None) -> Report:
    """Either the same report, or another one from the same record of a program."""
    known = sent_before(client_uuid, community, by)
    if known is None:
        raise Conflict("report.taken_over_already")
    return known


def written(
    draft: Draft,
    *,
    community: Community,
    charter_id: int,
    by: Person | None,
    answers: dict[str, object],
    now: datetime,
) -> Report:
    author = None if draft.source == PHONE else by
    place = draft.place
    return Report.objects.create(
        community=community,
        charter_id=charter_id,
        client_uuid=draft.client_uuid,
        title=draft.title,
        text=draft.text,
        answers=answers,
        author=author,
        author_name=author.display_name if author and not draft.is_anonymous else "",
        is_anonymous=draft.is_anonymous,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        accuracy_m=draft.accuracy_m,
        cell=cell_of(place) if place else None,
        address=draft.address,
        settlement_code=settlement_for(community, given=draft.settlement_code, address=draft.address),
        category_codes=list(draft.categories),
        source=draft.source,
        external_id=draft.external_id,
        submitted_at=now,
        updated_at=now,
    )


def put_under(report: Report, chosen: Sequence[Category]) -> None:
    rows = [ReportCategory(report=report, category=each, is_main=place == 0) for place, each in enumerate(chosen)]
    ReportCategory.objects.bulk_create(rows)


def add_photos(report: Report, photos: Sequence[DraftPhoto], *, by: Person | None, now: datetime) -> None:
    if not photos:
        return
    seen = lock_to_keep(each.file_id for each in photos)
    keep_files([each.file_id for each in photos], community_id=report.community_id, owner_id=by.pk if by else None)
    rows = [
        Photo(
            report=report,
            file_id=each.file_id,
            position=position,
            added_by=by,
            added_at=now,
            **({"width": each.width, "height": each.height, "dhash": each.dhash} | seen.get(each.file_id, {})),
        )
        for position, each in enumerate(photos)
    ]
    Photo.objects.bulk_create(rows)
    ask_thumbnails([each.file_id for each in photos])


def wait_for_moderator(report: Report, charter: ReportCharter, *, now: datetime) -> None:
    checking = clock(ClockName.CHECKING, charter=charter, started_at=now, calendar=working_calendar(now))
    report.checking_due_at = report.due_at = checking.due_at
    report.save(update_fields=["checking_due_at", "due_at"])
    open_case(
        moderated(report),
        community_id=report.community_id,
        title=report.title,
        path=f"{path_of(report)}case/",
        now=now,
        due_at=checking.due_at,
    )
    announce(ReportSent(report_id=report.pk))


def next_number(community_id: int) -> int:
    """The last thing before the commit: whoever comes next waits for this row."""
    rows = ReportNumbers.objects.filter(community_id=community_id)
    if not rows.update(last=F("last") + 1):
        ReportNumbers.objects.get_or_create(community_id=community_id)
        rows.update(last=F("last") + 1)
    return rows.values_list("last", flat=True).get()
