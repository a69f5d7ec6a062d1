"""Which sheets are taken, in what shape, and until when: the scan's moment decides (decision 0008)."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from edem.foundation.files.models import StoredFile
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Conflict, Invalid
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.confirming_paper import confirm_sheet
from edem.services.petitions.actions.paper import (
    attach_scan,
    discard_sheet,
    fill_sheet,
    hand_sheet_over,
    open_sheet,
)
from edem.services.petitions.events import PetitionReached
from edem.services.petitions.models import PaperRow, PaperSheet
from edem.services.petitions.queries.paper import lines_on
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.paper import MOST_ROWS, Line
from edem.services.petitions.tests.paper import clerk, line, number, scan, sheet_in_work, sheet_waiting, under_charter

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(community):
    return clerk(community)


@pytest.fixture
def second(community):
    return clerk(community)


def test_a_sheet_goes_on_only_whole(petition, first, now):
    sheet_id = open_sheet(petition.pk, number=1, received_on=kyiv_day(now), by=first, now=now)
    with pytest.raises(Invalid, match="without_scan"):
        hand_sheet_over(sheet_id, by=first, now=now)
    attach_scan(sheet_id, scan(), by=first, now=now)
    with pytest.raises(Invalid, match="sheet_empty"):
        hand_sheet_over(sheet_id, by=first, now=now)
    fill_sheet(sheet_id, [line(1, now=now, number="1234567890")], by=first, now=now)
    with pytest.raises(Invalid, match="has_faults"):
        hand_sheet_over(sheet_id, by=first, now=now)


def test_what_was_typed_wrong_is_kept_as_it_was(petition, first, now):
    sheet_id = open_sheet(petition.pk, number=1, received_on=kyiv_day(now), by=first, now=now)
    wrong = Line(place=7, name="Я", number="123", settlement_typed="Бахмут", day_typed="завтра")
    fill_sheet(sheet_id, [wrong], by=first, now=now)
    assert lines_on(PaperSheet.objects.get(pk=sheet_id)) == [wrong]


@pytest.mark.parametrize("places", [range(1, MOST_ROWS + 2), [0], [MOST_ROWS + 1], [-1]])
def test_rows_beyond_the_paper_are_refused(petition, first, now, places):
    sheet = sheet_in_work(petition, by=first, now=now)
    with pytest.raises(Invalid, match="too_long"):
        fill_sheet(sheet.pk, [Line(place=place, name="А") for place in places], by=first, now=now)


def test_a_sheet_is_numbered_once_and_its_number_is_free_again_when_discarded(petition, first, now):
    sheet = sheet_in_work(petition, by=first, now=now, numbers=[number()])
    with pytest.raises(Conflict, match="sheet_known"):
        open_sheet(petition.pk, number=1, received_on=kyiv_day(now), by=first, now=now)
    discard_sheet(sheet.pk, by=first, now=now)
    open_sheet(petition.pk, number=1, received_on=kyiv_day(now), by=first, now=now)
    assert not PaperRow.objects.exists()


@pytest.mark.parametrize("wrong", [0, -5, 10**9])
def test_a_number_that_no_sheet_has_is_refused(petition, first, now, wrong):
    with pytest.raises(Invalid, match="number_wrong"):
        open_sheet(petition.pk, number=wrong, received_on=kyiv_day(now), by=first, now=now)


@pytest.mark.parametrize("days", [-400, 1])
def test_a_sheet_is_received_while_the_petition_collects(petition, first, now, days):
    with pytest.raises(Invalid, match="day_outside"):
        open_sheet(petition.pk, number=1, received_on=kyiv_day(now) + timedelta(days=days), by=first, now=now)


def test_no_paper_where_the_charter_knows_none(petition, first, now):
    under_charter(petition, paper_signatures=False)
    with pytest.raises(Conflict, match="no_paper"):
        open_sheet(petition.pk, number=1, received_on=kyiv_day(now), by=first, now=now)


def test_a_scan_comes_before_the_end_or_not_at_all(petition, first, now):
    end = petition.closes_at
    sheet_id = open_sheet(petition.pk, number=1, received_on=kyiv_day(now), by=first, now=now)
    with pytest.raises(Conflict, match="closed"):
        attach_scan(sheet_id, scan(), by=first, now=end)
    attach_scan(sheet_id, scan(), by=first, now=end - timedelta(microseconds=1))
    with pytest.raises(Conflict, match="closed"):
        open_sheet(petition.pk, number=2, received_on=kyiv_day(now), by=first, now=end)


def test_a_new_scan_takes_the_place_of_the_former_and_its_file_goes(
    petition, first, now, django_capture_on_commit_callbacks
):
    sheet = sheet_in_work(petition, by=first, now=now)
    former = sheet.scan.place
    with django_capture_on_commit_callbacks(execute=True):
        attach_scan(sheet.pk, scan("кращий.pdf"), by=first, now=now)
    sheet.refresh_from_db()
    assert sheet.scan.name == "кращий.pdf"
    assert StoredFile.objects.count() == 1
    assert not default_storage.exists(former)


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"%PDF-1.7 no end", b"PK\x03\x04"])
def test_what_is_no_scan_is_not_taken(petition, first, now, content):
    sheet_id = open_sheet(petition.pk, number=1, received_on=kyiv_day(now), by=first, now=now)
    with pytest.raises(Invalid):
        attach_scan(sheet_id, scan(content=content), by=first, now=now)
    assert PaperSheet.objects.get().scan is None


def test_a_scan_is_the_staffs_alone(petition, first, now):
    stored = sheet_in_work(petition, by=first, now=now).scan
    assert (stored.state, stored.is_public, stored.owner_id) == ("kept", False, first.pk)


def test_paper_brings_a_petition_over_its_threshold(collecting, first, second, now, announced):
    petition = collecting(one_signature_short=True)
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number(), number()])
    confirm_sheet(sheet.pk, {}, by=second, now=now)
    petition.refresh_from_db()
    assert (petition.state, petition.reached_at) == (State.REACHED, now)
    assert PetitionReached(petition_id=petition.pk) in announced


def test_a_sheet_scanned_in_time_is_confirmed_after_the_end(collecting, first, second, now, announced):
    """The stroke falls as it must; the neighbours who signed in time are counted all the same (decision 0008)."""
    petition = collecting(imported_count=8)
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number(), number()])
    end = petition.closes_at
    close_petition(petition.pk, now=end)
    petition.refresh_from_db()
    assert petition.state == State.APPEAL

    late = end + timedelta(days=2)
    assert confirm_sheet(sheet.pk, {}, by=second, now=late).counted == 2

    petition.refresh_from_db()
    assert (petition.state, petition.reached_at) == (State.REACHED, late)
    assert petition.due_at > late
    assert PetitionReached(petition_id=petition.pk) in announced
    assert [step.to_state for step in petition.steps.order_by("pk")] == ["fell_short", "appeal", "reached"]


def test_a_late_sheet_that_brings_too_few_changes_nothing_but_the_count(collecting, first, second, now):
    petition = collecting(imported_count=3)
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    close_petition(petition.pk, now=petition.closes_at)
    confirm_sheet(sheet.pk, {}, by=second, now=petition.closes_at + timedelta(days=9))
    petition.refresh_from_db()
    assert (petition.state, petition.signature_count) == (State.APPEAL, 1)


def test_an_answered_petition_keeps_its_answer_whatever_paper_brings(collecting, first, second, now):
    petition = collecting(imported_count=9)
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    petition.state, petition.answered_at = State.ANSWERED, now
    petition.save()
    confirm_sheet(sheet.pk, {}, by=second, now=now)
    petition.refresh_from_db()
    assert (petition.state, petition.signature_count) == (State.ANSWERED, 1)


def test_a_withdrawn_petition_takes_no_paper(collecting, first, second, now):
    petition = collecting()
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    petition.state = State.WITHDRAWN
    petition.save()
    with pytest.raises(Conflict, match="not_collecting"):
        confirm_sheet(sheet.pk, {}, by=second, now=now)
