"""Sheets of paper signatures through the actions: what counts, once, by whose hands, and what is kept."""

from datetime import timedelta

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.models import Notice
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.confirming_paper import Confirmed, confirm_sheet, return_sheet
from edem.services.petitions.actions.paper import (
    attach_scan,
    discard_sheet,
    fill_sheet,
    hand_sheet_over,
    open_sheet,
)
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import PaperSheet, Signature
from edem.services.petitions.queries.paper import already_counted, lines_on
from edem.services.petitions.queries.signatures import split_of
from edem.services.petitions.rules.paper import SheetState
from edem.services.petitions.tests.factories import new_signature, staff
from edem.services.petitions.tests.paper import clerk, line, number, scan, sheet_in_work, sheet_waiting, under_charter

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
    under_charter(petition, two_clerks=False)
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


def test_a_sheet_of_fifty_rows_is_no_trouble(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number() for _ in range(50)])
    assert confirm_sheet(sheet.pk, {}, by=second, now=now).counted == 50


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


def told_to_confirm():
    found = Notice.objects.filter(template="petitions/mail/sheet_to_confirm.html").order_by("once", "person_id")
    return [each.person_id for each in found]


def test_the_clerks_who_had_no_hand_in_a_sheet_are_told_once_that_it_waits(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    run_jobs(now=now)
    run_jobs(now=now + timedelta(hours=1))
    assert told_to_confirm() == [second.pk]
    return_sheet(sheet.pk, note="рядок 1", by=second, now=now + timedelta(hours=2))
    hand_sheet_over(sheet.pk, by=first, now=now + timedelta(hours=3))
    run_jobs(now=now + timedelta(hours=3))
    assert told_to_confirm() == [second.pk, second.pk]


def test_a_sheet_that_was_confirmed_meanwhile_is_told_to_nobody(petition, first, second, now):
    sheet = sheet_waiting(petition, by=first, now=now, numbers=[number()])
    confirm_sheet(sheet.pk, {}, by=second, now=now)
    run_jobs(now=now)
    assert told_to_confirm() == []
