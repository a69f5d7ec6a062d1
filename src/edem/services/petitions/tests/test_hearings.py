"""Hearings in a real database: notice, term, invitations, minutes, and an answer that waits for them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar
from openpyxl import Workbook

from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import StoredFile
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.petitions.actions.considering import Answer, answer_petition
from edem.services.petitions.actions.hearing import (
    appoint_hearing,
    cancel_hearing,
    decline_hearing,
    hold_hearing,
    move_hearing,
)
from edem.services.petitions.models import Hearing
from edem.services.petitions.rules.calendar_file import Entry, calendar_file
from edem.services.petitions.rules.hearings import Appointment
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, staff

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FRIDAY = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
"""Three working days lie between."""
ANSWER = Answer(decision="supported", text="Так.")


def appointment(**facts):
    usual = {"starts_at": FRIDAY, "minutes": 90, "place": "Зала ради", "online": "", "agenda": "Ліхтарі"}
    return Appointment(**(usual | facts))


@pytest.fixture
def petition():
    return PetitionFactory(
        collecting=True, state=State.CONSIDERATION, hearing_asked=True, reached_at=MONDAY, due_at=MONDAY + 14 * DAY
    )


@pytest.fixture
def officer(petition):
    return staff(petition.community, "officer")


@pytest.fixture
def mayor(petition):
    return staff(petition.community, "mayor")


@pytest.fixture
def appointed(petition, officer):
    hearing_id = appoint_hearing(petition.pk, appointment(), by=officer, now=MONDAY)
    return Hearing.objects.get(pk=hearing_id)


def told():
    rows = Notice.objects.filter(template__startswith="petitions/mail/hearing/").order_by("created_at", "id")
    return [(row.person_id, row.template.rpartition("/")[2]) for row in rows]


def test_a_hearing_is_announced_early_enough(petition, officer):
    with pytest.raises(Invalid, match="hearing_too_soon"):
        appoint_hearing(petition.pk, appointment(starts_at=FRIDAY - DAY), by=officer, now=MONDAY)
    appoint_hearing(petition.pk, appointment(), by=officer, now=MONDAY)
    assert Hearing.objects.get().changes.get().kind == "appointed"


def test_a_hearing_lies_within_the_term_of_consideration(petition, officer):
    with pytest.raises(Conflict, match="hearing_after_term"):
        appoint_hearing(petition.pk, appointment(starts_at=MONDAY + 14 * DAY), by=officer, now=MONDAY)
    late = petition.due_at + DAY  # the term is lost already: a hearing is still better than none
    appoint_hearing(petition.pk, appointment(starts_at=late + 9 * DAY), by=officer, now=late)


def test_one_hearing_waits_at_a_time(petition, officer, appointed):
    with pytest.raises(Conflict, match="hearing_to_come"):
        appoint_hearing(petition.pk, appointment(starts_at=FRIDAY + DAY), by=officer, now=MONDAY)


def test_an_answer_waits_for_the_hearing_that_was_asked_for(petition, mayor, officer):
    with pytest.raises(Conflict, match="hearing_asked"):
        answer_petition(petition.pk, ANSWER, by=mayor, now=MONDAY)
    decline_hearing(petition.pk, by=officer, now=MONDAY, note="Усе зрозуміло з тексту.")
    answer_petition(petition.pk, ANSWER, by=mayor, now=MONDAY)


def test_an_answer_waits_for_an_appointed_hearing(petition, mayor, officer, appointed):
    with pytest.raises(Conflict, match="hearing_to_come"):
        answer_petition(petition.pk, ANSWER, by=mayor, now=FRIDAY + DAY)
    hold_hearing(petition.pk, appointed.pk, record="Говорили.", upload=None, by=officer, now=FRIDAY + DAY)
    answer_petition(petition.pk, ANSWER, by=mayor, now=FRIDAY + DAY)


def test_where_nobody_asked_the_answer_waits_for_nothing(petition, mayor):
    petition.hearing_asked = False
    petition.save()
    answer_petition(petition.pk, ANSWER, by=mayor, now=MONDAY)


def test_an_appeal_is_answered_without_hearings(petition, officer):
    petition.state = State.APPEAL
    petition.save()
    answer_petition(petition.pk, Answer(decision="explained", text="Так."), by=officer, now=MONDAY)


def test_a_cancelled_hearing_lets_the_answer_go_and_says_why(petition, mayor, officer, appointed):
    with pytest.raises(Invalid, match="note_required"):
        cancel_hearing(petition.pk, appointed.pk, by=officer, now=MONDAY, note=" ")
    cancel_hearing(petition.pk, appointed.pk, by=officer, now=MONDAY, note="Повітряна тривога.")
    with pytest.raises(Conflict, match="hearing_settled"):
        cancel_hearing(petition.pk, appointed.pk, by=officer, now=MONDAY, note="Ще раз.")
    answer_petition(petition.pk, ANSWER, by=mayor, now=MONDAY)


def test_a_moved_hearing_keeps_its_old_date(petition, officer, appointed):
    move_hearing(
        petition.pk, appointed.pk, appointment(starts_at=FRIDAY + 3 * DAY), by=officer, now=MONDAY, note="Зала зайнята."
    )
    change = appointed.changes.get(kind="moved")
    assert (change.starts_before, change.starts_after, change.note) == (FRIDAY, FRIDAY + 3 * DAY, "Зала зайнята.")


def test_what_has_not_begun_was_not_held_and_minutes_are_needed(petition, officer, appointed):
    with pytest.raises(Conflict, match="hearing_not_begun"):
        hold_hearing(petition.pk, appointed.pk, record="Говорили.", upload=None, by=officer, now=FRIDAY - DAY)
    with pytest.raises(Invalid, match="hearing_without_record"):
        hold_hearing(petition.pk, appointed.pk, record=" ", upload=None, by=officer, now=FRIDAY)


def test_minutes_may_be_a_paper_that_everybody_reads(petition, officer, appointed):
    paper = BytesIO()
    Workbook().save(paper)
    upload = SimpleUploadedFile("протокол.xlsx", paper.getvalue())
    hold_hearing(petition.pk, appointed.pk, record="", upload=upload, by=officer, now=FRIDAY)
    stored = StoredFile.objects.get()
    assert (stored.is_public, stored.name) == (True, "протокол.xlsx")
    picture = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n")
    other = appoint_hearing(petition.pk, appointment(starts_at=FRIDAY + 7 * DAY), by=officer, now=FRIDAY)
    with pytest.raises(Invalid, match="kind_not_taken"):
        hold_hearing(petition.pk, other, record="", upload=picture, by=officer, now=FRIDAY + 8 * DAY)


@pytest.mark.parametrize("role", ["moderator", "control_body", "auditor"])
def test_only_the_officer_and_the_mayor_appoint(petition, role):
    with pytest.raises(NotAllowed):
        appoint_hearing(petition.pk, appointment(), by=staff(petition.community, role), now=MONDAY)


@pytest.mark.parametrize("state", [State.COLLECTING, State.REACHED, State.ANSWERED, State.APPEAL])
def test_hearings_belong_to_the_consideration(petition, officer, state):
    petition.state = state
    petition.save()
    with pytest.raises(Conflict, match="hearing_not_now"):
        appoint_hearing(petition.pk, appointment(), by=officer, now=MONDAY)


def test_a_hearing_that_was_not_asked_for_cannot_be_declined(petition, officer):
    petition.hearing_asked = False
    petition.save()
    with pytest.raises(Conflict, match="hearing_not_asked"):
        decline_hearing(petition.pk, by=officer, now=MONDAY, note="Ні.")


def test_the_author_is_invited_and_told_of_each_change_once(petition, officer, appointed):
    later = appointment(starts_at=FRIDAY + 3 * DAY, online="https://rada.example/live")
    move_hearing(petition.pk, appointed.pk, later, by=officer, now=MONDAY, note="Зала зайнята.")
    hold_hearing(petition.pk, appointed.pk, record="Говорили.", upload=None, by=officer, now=FRIDAY + 4 * DAY)
    for _again in range(2):
        run_jobs(now=FRIDAY + 4 * DAY)
    author = petition.author_id
    assert sorted(told()) == sorted([(author, "appointed.html"), (author, "moved.html"), (author, "held.html")])
    letters = [letter_of(each) for each in Notice.objects.filter(template__contains="/hearing/").order_by("id")]
    text = "\n".join(each.text for each in letters)
    for words in ("може представити", "Зала ради", "Зала зайнята.", "https://rada.example/live", "Протокол"):
        assert words in text
    assert "None" not in text


ENTRY = Entry(
    uid="hearing-5@rada.example", sequence=2, changed_at=MONDAY, starts_at=FRIDAY, minutes=90,
    summary="Слухання; «Мости, дороги»" * 5, words="Перше\nДруге: \\ і ,", where="Зала", url="https://rada.example/5/",
    is_cancelled=False,
)  # fmt: skip


def test_the_calendar_file_says_it_as_the_standard_wants():
    content = calendar_file(ENTRY)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)  # RFC 5545, 3.1
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (event["uid"], event["sequence"], event["status"]) == (ENTRY.uid, 2, "CONFIRMED")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (FRIDAY, FRIDAY + timedelta(minutes=90))
    assert (str(event["summary"]), str(event["description"])) == (ENTRY.summary, ENTRY.words)
