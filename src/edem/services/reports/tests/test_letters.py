"""Who is written to when something happens to a report, and that every letter can be written."""

from datetime import timedelta

import pytest
from django.db import transaction

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.events.announcing import announce
from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.facts import packed
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice, Subscription
from edem.foundation.people.tests.factories import PersonFactory
from edem.foundation.search.queries import search
from edem.services.reports.events import (
    ReportAnswered,
    ReportAssigned,
    ReportConfirmed,
    ReportEdited,
    ReportJoined,
    ReportMoved,
    ReportPassed,
    ReportPublished,
    ReportRecategorised,
    ReportResent,
    ReportSent,
    ReportsMerged,
    ReportsParted,
    TermMissed,
    TermNear,
)
from edem.services.reports.models import Answer, Assignment, Report
from edem.services.reports.queries.mails import facts_of
from edem.services.reports.tests.factories import ReportFactory, staff

OWN = (
    "accepted",
    "answered",
    "assigned",
    "closed",
    "joined",
    "missed",
    "merged",
    "near",
    "nobody",
    "not_solved",
    "parted",
    "passed",
    "published",
    "recategorised",
    "refused_there",
    "rejected",
    "reopened",
    "replied",
    "resent",
    "to_check",
)


@pytest.fixture
def people(report, roads, community, monday):
    follower = PersonFactory()
    Subscription.objects.create(
        community=community,
        person_id=follower.pk,
        kind="item",
        service="reports",
        key=str(report.pk),
        since=monday,
        source="page",
    )
    elsewhere = OrganisationFactory(community=community)
    return {
        "author": report.author,
        "follower": follower,
        "worker": staff(community, "responsible_worker", organisation=roads),
        "head": staff(community, "head_of_organisation", organisation=roads),
        "stranger": staff(community, "responsible_worker", organisation=elsewhere),
        "moderator": staff(community, "moderator"),
        "control": staff(community, "control_body"),
    }


@pytest.fixture
def happen(people, monday):
    """Announces it, lets the worker come by, and says who was told by which of our letters."""
    names = {person.pk: name for name, person in people.items()}

    def happen(event):
        with transaction.atomic():
            announce(event)
        run_jobs(now=monday)
        rows = Notice.objects.filter(person_id__in=names).order_by("pk").values_list("person_id", "template")
        own = {f"reports/mail/{name}.html": name for name in OWN}
        return sorted((own[template], names[person]) for person, template in rows if template in own)

    return happen


def moved(report, step, to_state, at):
    return ReportMoved(report_id=report.pk, step=step, from_state="open", to_state=to_state, actor="author", at=at)


@pytest.mark.parametrize(
    ("step", "state", "told"),
    [
        ("publish", "open", [("published", "author"), ("published", "follower")]),
        ("accept", "accepted", [("accepted", "author"), ("accepted", "follower")]),
        ("close", "closed", [("closed", "author"), ("closed", "follower")]),
        ("reopen", "reopened", [("reopened", "author"), ("reopened", "follower")]),
        ("reject", "rejected", [("rejected", "author")]),
        ("archive", "archived", []),
    ],
)
def test_a_step_is_told_to_whom_it_concerns_and_once(report, happen, monday, step, state, told):
    Report.objects.update(
        state=state, result="solved", closed_at=monday, archives_at=monday + timedelta(days=20), ground="off_topic"
    )
    event = moved(report, step, state, monday)
    assert happen(event) == told
    assert happen(event) == told


def test_what_waits_for_the_moderator_is_told_to_them_alone(report, happen, monday):
    Report.objects.update(state="checking", published_at=None, due_at=monday)
    assert happen(ReportSent(report_id=report.pk)) == [("to_check", "moderator")]


@pytest.mark.parametrize(("event", "told"), [(ReportsMerged, "merged"), (ReportsParted, "parted")])
def test_whoever_wrote_or_follows_hears_that_reports_were_merged_or_parted(report, happen, monday, event, told):
    lead = ReportFactory(community=report.community)
    event = event(report_id=report.pk, lead_id=lead.pk, at=monday)
    assert happen(event) == [(told, "author"), (told, "follower")]
    letters = [letter_of(each).text for each in Notice.objects.order_by("pk")]
    assert all(f"№ {lead.number}" in letter for letter in letters)
    assert happen(event) == [(told, "author"), (told, "follower")]


def test_a_change_of_category_that_the_card_does_not_tell_of_is_told_to_nobody(report, happen, monday):
    assert happen(ReportRecategorised(report_id=report.pk, at=monday)) == []


def test_what_is_public_already_asks_no_moderator(report, happen):
    assert happen(ReportSent(report_id=report.pk)) == []


def test_a_report_that_nobody_holds_is_told_to_the_control_body(report, happen):
    Report.objects.update(organisation=None)
    assert happen(ReportPublished(report_id=report.pk)) == [("nobody", "control")]


def test_the_workers_of_its_organisation_hear_of_an_assignment(report, happen):
    held = Assignment.objects.get()
    assert happen(ReportAssigned(report_id=report.pk, assignment_id=held.pk)) == [("assigned", "worker")]


def test_a_refusal_is_told_to_the_control_body(report, happen, monday):
    held = Assignment.objects.get()
    Assignment.objects.update(returned_at=monday, return_reason="Це стежка парку.")
    assert happen(ReportPassed(report_id=report.pk, assignment_id=held.pk)) == [("passed", "control")]


def test_one_more_organisation_is_told_to_the_author(report, happen):
    held = Assignment.objects.get()
    assert happen(ReportJoined(report_id=report.pk, assignment_id=held.pk)) == [("joined", "author")]


def test_an_answer_goes_to_the_author_and_a_reply_to_those_who_work(report, roads, happen, monday):
    facts = {"report": report, "text": "Залатаємо в середу.", "at": monday}
    answer = Answer.objects.create(kind="answer", organisation=roads, **facts)
    assert ("answered", "author") in happen(ReportAnswered(report_id=report.pk, answer_id=answer.pk))
    reply = Answer.objects.create(kind="reply", author=report.author, **facts)
    assert ("replied", "worker") in happen(ReportAnswered(report_id=report.pk, answer_id=reply.pk))


def test_a_closing_that_its_author_does_not_believe_is_told_to_those_who_watch(report, happen):
    assert happen(ReportConfirmed(report_id=report.pk, is_solved=True)) == []
    told = happen(ReportConfirmed(report_id=report.pk, is_solved=False))
    assert told == [("not_solved", "control"), ("not_solved", "moderator")]


def test_a_term_is_told_before_its_end_and_after(report, happen, monday):
    facts = {"report_id": report.pk, "clock": "accept", "assignment_id": 0, "due_at": monday}
    assert happen(TermNear(**facts)) == [("near", "head"), ("near", "worker")]
    told = happen(TermMissed(**facts, warning_id=0))
    assert [who for letter, who in told if letter == "missed"] == ["control", "head", "worker"]


def test_the_second_letter_goes_to_those_who_hold_it(report, happen, monday):
    held = Assignment.objects.get()
    told = happen(ReportResent(report_id=report.pk, assignment_id=held.pk, at=monday))
    assert told == [("resent", "head"), ("resent", "worker")]


def test_a_report_is_found_by_its_words_while_it_is_public(report, community, happen, monday):
    happen(ReportPublished(report_id=report.pk))
    assert [hit.subject_id for hit in search(community.pk, "ями на зебрі", services=["reports"]).hits] == [
        str(report.pk)
    ]
    Report.objects.update(title="Гойдалка без сидіння", text="")
    happen(ReportEdited(report_id=report.pk))
    assert search(community.pk, "гойдалки", services=["reports"]).hits
    Report.objects.update(state="rejected", ground="obscene")
    happen(moved(report, "reject", "rejected", monday))
    assert not search(community.pk, "гойдалки", services=["reports"]).hits


@pytest.mark.parametrize("template", OWN)
def test_every_letter_names_the_report_and_leads_to_it(report, community, monday, template):
    Report.objects.update(
        title="Мости", result="solved", ground="off_topic", archives_at=monday, address="вул. Садова, 7"
    )
    more = {
        "who": "КП",
        "reason": "Не наше.",
        "passed_to": "",
        "text": "Так.",
        "kind": "answer",
        "clock": "Прийняти в роботу",
        "due_at": monday,
        "lead_number": 7,
        "lead_title": "Міст",
        "fault": "400 Не прийнято",
    }
    notice = Notice(
        community=community,
        person_id=report.author_id,
        topic="reports.mine",
        path="/reports/1/",
        template=f"reports/mail/{template}.html",
        facts=packed(facts_of(Report.objects.get()) | more),
        language="uk",
    )
    letter = letter_of(notice)
    assert "Мости" in letter.subject
    assert "/reports/1/" in letter.text
    assert "None" not in letter.text
