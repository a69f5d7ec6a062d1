"""Sheets of paper signatures through the actions: what counts, once, by whose hands, and what is kept."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.models import CharterVersion
from edem.foundation.files.models import StoredFile
from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.identity.tests.factories import identified_resident
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.confirming_paper import Confirmed, confirm_sheet, return_sheet
from edem.services.petitions.actions.paper import (
    attach_scan,
    discard_sheet,
    fill_sheet,
    hand_sheet_over,
    open_sheet,
)
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.events import PetitionReached
from edem.services.petitions.models import PaperRow, PaperSheet, Signature
from edem.services.petitions.queries.paper import already_counted, lines_on
from edem.services.petitions.queries.signatures import split_of
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.paper import MOST_ROWS, Line, SheetState
from edem.services.petitions.tests.factories import new_signature, staff
from edem.services.petitions.tests.paper import clerk, line, number, scan, sheet_in_work, sheet_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(community):
    return clerk(community)


@pytest.fixture
def second(community):
    return clerk(community)


@pytest.fixture
def online(petition, resident, now):
    """A resident who has signed on the platform."""
    mark = mark_of(resident, MarkPurpose.PETITION, now=now).value
    wish = new_signature(petition, marks={1: mark}, person_id=resident.pk, arrived_at=now)
    assert add_signatures([wish])[wish].refusal is None
    return resident


def charter(petition, **values):
    """The petition under another regulation."""
    version = petition.charter
    petition.charter = CharterVersion.objects.create(
        community=version.community, service=version.service, version=version.version + 1, act_title="Рішення",
        act_number="2", act_date=date(2026, 1, 1), in_force_from=version.in_force_from,
        values=version.values | values, clauses={},
    )  # fmt: skip
    petition.save()


def test_confirmed_rows_count_as_paper_signatures(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number(), number(), "АА123456"])

    assert confirm_sheet(sheet.pk, {}, by=second, now=now) == Confirmed(counted=3, already=0, struck=0)

    petition.refresh_from_db()
    assert petition.signature_count == Signature.objects.filter(petition_id=petition.pk).count() == 3
    assert [(split.way, split.count) for split in split_of(petition)] == [("paper", 3)]
    given = Signature.objects.filter(sheet_id=sheet.pk).order_by("ordinal")
    assert [(each.public_name, each.channel, each.key_version) for each in given] == [
        (f"Бондар Марія {place}", "paper", petition.key_version) for place in (1, 2, 3)
    ]
    assert {kyiv_day(each.signed_at) for each in given} == {kyiv_day(now)}
    assert all(each.signed_at <= sheet.scanned_at for each in given)


def test_nothing_that_identifies_a_person_stays_after_confirmation(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number(), "АА123456"])
    assert all(bytes(row.sealed) and b"123456" not in bytes(row.sealed) for row in sheet.rows.all())

    confirm_sheet(sheet.pk, {2: "нерозбірливо"}, by=second, now=now)

    assert [bytes(row.sealed) for row in sheet.rows.all()] == [b"", b""]
    assert [line.number for line in lines_on(sheet)] == ["", ""]


def test_whoever_signed_online_is_not_counted_again(petition, online, first, second, now):
    from_sign_in = number_known_of(online, now)
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[from_sign_in, number()])
    assert already_counted(petition, lines_on(sheet), now=now) == {1}

    assert confirm_sheet(sheet.pk, {}, by=second, now=now) == Confirmed(counted=1, already=1, struck=0)

    petition.refresh_from_db()
    assert petition.signature_count == Signature.objects.count() == 2


def number_known_of(person, now):
    from edem.foundation.identity import vault
    from edem.foundation.identity.purposes import ReadPurpose

    return vault.read(person, ("tax_number",), purpose=ReadPurpose.MARKS, by=None, now=now)["tax_number"]


def test_a_passport_of_somebody_known_by_a_tax_number_is_the_same_person(petition, community, first, second, now):
    both = identified_resident(community, since=now - timedelta(days=2), document="ВВ654321")
    mark = mark_of(both, MarkPurpose.PETITION, now=now).value
    add_signatures([new_signature(petition, marks={1: mark}, person_id=both.pk, arrived_at=now)])

    sheet = sheet_waiting(petition, by=first, now=now, numbers=["ВВ 654321"])

    assert confirm_sheet(sheet.pk, {}, by=second, now=now) == Confirmed(counted=0, already=1, struck=0)


def test_one_person_by_two_numbers_on_a_sheet_signs_once(petition, community, first, second, now):
    both = identified_resident(community, since=now - timedelta(days=2), document="ВВ654321")
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number_known_of(both, now), "ВВ654321"])

    assert confirm_sheet(sheet.pk, {}, by=second, now=now) == Confirmed(counted=1, already=1, struck=0)
    assert Signature.objects.get().person_id == both.pk


def test_whoever_signed_on_paper_does_not_sign_online(petition, resident, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number_known_of(resident, now)])
    confirm_sheet(sheet.pk, {}, by=second, now=now)

    mark = mark_of(resident, MarkPurpose.PETITION, now=now).value
    wish = new_signature(petition, marks={1: mark}, person_id=resident.pk, arrived_at=now)
    assert add_signatures([wish])[wish].refusal.code == "petition.already_signed"


def test_two_sheets_with_the_same_person_count_them_once(petition, first, second, now):
    same = number()
    for place in (1, 2):
        sheet = sheet_waiting(petition, by=first, now=now, numbers=[same, number()], number=place)
        confirm_sheet(sheet.pk, {}, by=second, now=now)
    petition.refresh_from_db()
    assert petition.signature_count == Signature.objects.count() == 3


def test_a_struck_row_does_not_count_and_says_why(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number(), number()])
    assert confirm_sheet(sheet.pk, {2: " не мешканка "}, by=second, now=now) == Confirmed(
        counted=1, already=0, struck=1
    )
    assert [(row.outcome, row.struck_note) for row in sheet.rows.order_by("place")] == [
        ("counted", ""),
        ("struck", "не мешканка"),
    ]


def test_every_row_may_be_struck(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    assert confirm_sheet(sheet.pk, {1: "підроблено"}, by=second, now=now).counted == 0
    assert not Signature.objects.exists()


def test_four_eyes_are_kept_by_the_action_itself(petition, first, second, now):
    sheet = sheet_in_work(petition, by=first, now=now, numbers=[number()])
    fill_sheet(sheet.pk, [line(1, now=now, number=number())], by=second, now=now)
    hand_sheet_over(sheet.pk, by=first, now=now)

    for hand in (first, second):  # whoever typed anything of it is one of its hands
        with pytest.raises(NotAllowed, match="sheet_own"):
            confirm_sheet(sheet.pk, {}, by=hand, now=now)
    assert not Signature.objects.exists()
    assert confirm_sheet(sheet.pk, {}, by=clerk(petition.community), now=now).counted == 1


def test_one_clerk_is_enough_where_the_charter_says_so(petition, first, now):
    charter(petition, two_clerks=False)
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    assert confirm_sheet(sheet.pk, {}, by=first, now=now).counted == 1


@pytest.mark.parametrize("role", ["officer", "mayor", "moderator", "auditor", "community_admin"])
def test_only_clerks_touch_sheets(petition, community, first, now, role):
    sheet = sheet_in_work(petition, by=first, now=now, numbers=[number()])
    other = staff(community, role)
    for act in (
        lambda: open_sheet(petition.pk, number=9, received_on=kyiv_day(now), by=other, now=now),
        lambda: attach_scan(sheet.pk, scan(), by=other, now=now),
        lambda: fill_sheet(sheet.pk, [], by=other, now=now),
        lambda: hand_sheet_over(sheet.pk, by=other, now=now),
        lambda: discard_sheet(sheet.pk, by=other, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()
    hand_sheet_over(sheet.pk, by=first, now=now)
    for act in (
        lambda: confirm_sheet(sheet.pk, {}, by=other, now=now),
        lambda: return_sheet(sheet.pk, note="ні", by=other, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()


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


def test_a_sheet_of_fifty_rows_is_no_trouble(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number() for _ in range(50)])
    assert confirm_sheet(sheet.pk, {}, by=second, now=now).counted == 50


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
    charter(petition, paper_signatures=False)
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


def test_a_sheet_sent_back_is_mended_and_handed_over_again(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    with pytest.raises(Invalid, match="without_note"):
        return_sheet(sheet.pk, note=" \n", by=second, now=now)
    return_sheet(sheet.pk, note="Рядок 1: інше прізвище.", by=second, now=now)
    with pytest.raises(Conflict):
        confirm_sheet(sheet.pk, {}, by=second, now=now)

    fill_sheet(sheet.pk, [line(1, now=now, number=number())], by=first, now=now)
    hand_sheet_over(sheet.pk, by=first, now=now)

    assert confirm_sheet(sheet.pk, {}, by=second, now=now).counted == 1
    assert PaperSheet.objects.get().returned_note == ""


def test_a_confirmed_sheet_is_nobodys_to_change(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    confirm_sheet(sheet.pk, {}, by=second, now=now)
    for act in (
        lambda: confirm_sheet(sheet.pk, {}, by=second, now=now),
        lambda: fill_sheet(sheet.pk, [], by=first, now=now),
        lambda: attach_scan(sheet.pk, scan(), by=first, now=now),
        lambda: hand_sheet_over(sheet.pk, by=first, now=now),
        lambda: discard_sheet(sheet.pk, by=first, now=now),
        lambda: return_sheet(sheet.pk, note="ні", by=second, now=now),
    ):
        with pytest.raises(Conflict):
            act()
    assert Signature.objects.count() == 1


def test_a_sheet_that_is_not_there_is_missing(first, now):
    for act in (lambda: confirm_sheet(10**9, {}, by=first, now=now), lambda: fill_sheet(10**9, [], by=first, now=now)):
        with pytest.raises(Missing):
            act()


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


def test_every_act_is_in_the_log_and_names_nobody_of_the_sheet(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=["АА123456"])
    return_sheet(sheet.pk, note="Рядок 1.", by=second, now=now)
    hand_sheet_over(sheet.pk, by=first, now=now)
    confirm_sheet(sheet.pk, {}, by=second, now=now)
    entries = list(AuditEntry.objects.order_by("pk"))
    assert [(entry.act.removeprefix("petition.sheet_"), entry.person) for entry in entries] == [
        ("opened", first), ("scanned", first), ("filled", first), ("handed_over", first),
        ("returned", second), ("handed_over", first), ("confirmed", second),
    ]  # fmt: skip
    assert {entry.facts["sheet"] for entry in entries} == {1}
    assert "123456" not in str([entry.facts for entry in entries])
    assert entries[-1].facts == {"sheet": 1, "counted": 1, "already": 0, "struck": 0}


def test_an_old_key_tells_paper_signers_of_an_old_petition_apart(collecting, first, second, now):
    petition = collecting()
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    confirm_sheet(sheet.pk, {}, by=second, now=now)
    assert Signature.objects.get().key_version == petition.key_version
    assert SheetState(PaperSheet.objects.get().state) is SheetState.CONFIRMED
