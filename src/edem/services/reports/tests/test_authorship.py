"""What reports hold of a person, and what becomes of it when the account ends or becomes another's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import StoredFile
from edem.foundation.identity.events import PeopleMerged, PeopleParted, PersonErased
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.models import Answer, Report, Voice
from edem.services.reports.queries.personal import held_about
from edem.services.reports.tests.factories import ReportFactory


@pytest.fixture
def happen(monday):
    """Somebody announces it, and the worker comes by."""

    def happen(event):
        with transaction.atomic():
            announce(event)
        run_jobs(now=monday)

    return happen


def test_a_person_reads_all_that_is_held_of_them(report, monday):
    author = report.author
    Voice.objects.create(community=report.community, report_id=report.pk, person_id=author.pk, added_at=monday)
    Answer.objects.create(report=report, author=author, kind="reply", text="Так, біля школи.", at=monday)
    held = {each.code: list(each.lines()) for each in held_about(author.pk, monday)}
    assert held["reports.written"][0]["text"] == report.text
    assert held["reports.voices"][0]["report"] == report.pk
    assert held["reports.answers"][0]["text"] == "Так, біля школи."
    assert held_about(uuid4(), monday) == []


def test_whoever_withdraws_their_consent_is_no_author_any_more_but_the_problem_stays(report, monday, happen):
    author = report.author
    later = ReportFactory(community=report.community, author=author, submitted_at=monday + timedelta(days=1))
    happen(PersonErased(person_id=author.pk, erased_at=monday + timedelta(hours=1)))
    report.refresh_from_db()
    assert (report.author, report.author_name, report.is_anonymous) == (None, "", True)
    assert report.title
    assert Report.objects.get(pk=later.pk).author == author, "sent after that, under a new consent"


def test_photos_that_somebody_added_are_told_to_them_and_are_nobodys_once_they_leave(report, monday, happen, a_photo):
    neighbour, other = PersonFactory(), PersonFactory()
    photo, work = a_photo(report, added_by=neighbour), a_photo(report, stage="after", added_by=neighbour)
    theirs = a_photo(report, added_by=other)
    StoredFile.objects.filter(pk=photo.file_id).update(owner=neighbour)
    [held] = held_about(neighbour.pk, monday)
    assert (held.code, [line["report"] for line in held.lines()]) == ("reports.photos", [report.pk])
    happen(PersonErased(person_id=neighbour.pk, erased_at=monday + timedelta(hours=1)))
    for each in (photo, work, theirs):
        each.refresh_from_db()
    assert (photo.added_by, photo.file.owner) == (None, None)
    assert (work.added_by, theirs.added_by) == (neighbour, other), "what staff did stays theirs"
    assert held_about(neighbour.pk, monday) == []


def test_two_accounts_that_become_one_share_their_reports_and_part_again(report, monday, happen, merge_of):
    kept, absorbed = PersonFactory(), report.author
    own = ReportFactory(community=report.community, author=kept)
    facts = {
        "merge_id": merge_of(kept, absorbed),
        "kept_id": kept.pk,
        "absorbed_id": absorbed.pk,
        "proposed_by": uuid4(),
        "confirmed_by": uuid4(),
    }
    happen(PeopleMerged(**facts))
    happen(PeopleMerged(**facts))
    assert set(Report.objects.filter(author=kept)) == {report, own}
    happen(PeopleParted(**facts))
    assert set(Report.objects.filter(author=kept)) == {own}
    assert set(Report.objects.filter(author=absorbed)) == {report}
