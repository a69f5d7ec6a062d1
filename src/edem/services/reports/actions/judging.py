"""What of reports a moderator is asked about on the common page, and what becomes of it."""

from datetime import datetime

from edem.foundation.catalog.moderated import ModeratedKind, ModeratedThing
from edem.foundation.communities.models import Community
from edem.foundation.files.actions import withdraw_files
from edem.foundation.files.queries import address_of_file
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.kernel.ukrainian import N_
from edem.services.reports.actions.stepping import show_anew
from edem.services.reports.actions.waiting_photos import show_photo
from edem.services.reports.models import Photo, Report
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.queries.withheld import hides_text, was_public
from edem.services.reports.rules.lifecycle import IN_PUBLIC, State

MOST_DIGITS = 18


def find_report(community: Community, subject_id: str) -> ModeratedThing | None:
    number = number_in(subject_id)
    report = Report.objects.filter(community=community, pk=number).order_by("pk").first() if number else None
    return thing(report, f"{report.title}\n\n{report.text}", is_public=True) if report else None


def find_photo(community: Community, subject_id: str) -> ModeratedThing | None:
    photo = photo_in(community, subject_id)
    if photo is None:
        return None
    return thing(photo.report, photo.report.title, is_public=not photo.hidden, file_url=address_of_file(photo.file))


def leave(_community: Community, _subject_id: str, _by: Person, _now: datetime) -> None:
    """It is public already, and stays."""


def show_waiting_photo(community: Community, subject_id: str, _by: Person, now: datetime) -> None:
    photo = photo_in(community, subject_id, must_lock=True)
    if photo is None:
        raise Missing("moderation.no_such_thing")
    show_photo(photo, now=now)


def take_down_photo(community: Community, subject_id: str, _ground: str, _by: Person, now: datetime) -> None:
    photo = photo_in(community, subject_id, must_lock=True)
    if photo is None:
        raise Missing("moderation.no_such_thing")
    photo.hidden = True
    photo.save(update_fields=["hidden"])
    withdraw_files([photo.file_id])
    Report.objects.filter(pk=photo.report_id).update(updated_at=now)
    show_anew(photo.report)


def number_in(subject_id: str) -> int | None:
    return int(subject_id) if subject_id.isdecimal() and len(subject_id) <= MOST_DIGITS else None


def photo_in(community: Community, subject_id: str, *, must_lock: bool = False) -> Photo | None:
    number = number_in(subject_id)
    if number is None:
        return None
    rows = Photo.objects.select_for_update(of=("self",)) if must_lock else Photo.objects.all()
    found = rows.select_related("report__community", "file").filter(report__community=community, pk=number)
    return found.order_by("pk").first()


def thing(report: Report, text: str, *, is_public: bool, file_url: str = "") -> ModeratedThing:
    is_out = State(report.state) in IN_PUBLIC and was_public(report) and not hides_text(report)
    return ModeratedThing(
        title=report.title,
        text=text,
        path=path_of(report),
        author_name=report.author_name,
        author_id=report.author_id,
        is_public=is_public and is_out,
        file_url=file_url,
    )


KINDS = (
    # A report itself is taken out on its case page, on a ground of the act (§5.2), which the common grounds are not.
    ModeratedKind(kind="report", label=N_("Повідомлення про проблему"), find=find_report, approve=leave),
    ModeratedKind(
        kind="photo",
        label=N_("Фото повідомлення"),
        find=find_photo,
        approve=show_waiting_photo,
        hide=take_down_photo,
    ),
)
