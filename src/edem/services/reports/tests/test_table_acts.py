"""The act's table (§3.2) tried on the acts themselves: every role in every state, what is allowed and what is not."""

from datetime import timedelta

import pytest
from django.db import transaction

from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Refused
from edem.kernel.lifecycle import AUTHOR
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.archiving import archive_reports
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.moderating import publish_report, reject_report
from edem.services.reports.actions.reopening import reopen_report
from edem.services.reports.models import Answer, Report
from edem.services.reports.rules.lifecycle import IN_ORGANISATION, State
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.tests.factories import MARCH_2, OrganisationFactory, ReportFactory, held, staff

pytestmark = pytest.mark.django_db
NOW = MARCH_2 + timedelta(days=4)
WORKER, CONTROL, MODERATOR = "responsible_worker", "control_body", "moderator"
WHY = "Перевірено на місці: це не так."
CLOSING = Closing(result=Result.EXPLAINED, text="Роз’яснено, чому й коли.")

# Act → state before → who may, and the state after; whatever is not here is refused to everybody.
MAY = {
    ("publish", "checking"): ({MODERATOR}, "open"),
    ("accept", "open"): ({WORKER, CONTROL}, "accepted"),
    ("accept for neighbours", "open"): ({WORKER, CONTROL, MODERATOR}, "accepted"),
    ("accept", "accepted"): ({WORKER}, "accepted"),
    ("accept for neighbours", "accepted"): ({WORKER}, "accepted"),
    ("accept", "reopened"): ({WORKER}, "reopened"),
    ("accept for neighbours", "reopened"): ({WORKER}, "reopened"),
    ("close", "accepted"): ({WORKER, CONTROL, MODERATOR}, "closed"),
    ("close", "reopened"): ({CONTROL, MODERATOR}, "closed"),
    ("reopen", "closed"): ({AUTHOR, MODERATOR}, "reopened"),
    ("reopen", "archived"): ({AUTHOR, MODERATOR}, None),
    **{("reject", state.value): ({MODERATOR}, "rejected") for state in State if state is not State.REJECTED},
}
AFTER_ARCHIVE = {AUTHOR: "accepted", MODERATOR: "reopened"}
"""«Архів – Прийнята (повторно)» is the author's, «Архів – Відкрита (повторно)» the moderator's."""

ACTS = {
    "publish": lambda pk, who: publish_report(pk, by=who, now=NOW),
    "accept": lambda pk, who: accept_report(pk, by=who, now=NOW),
    "accept for neighbours": lambda pk, who: accept_report(pk, by=who, now=NOW, self_organised=True),
    "close": lambda pk, who: close_report(pk, CLOSING, by=who, now=NOW),
    "reopen": lambda pk, who: reopen_report(pk, by=who, reason=WHY, now=NOW),
    "reject": lambda pk, who: reject_report(pk, by=who, ground="off_topic", note=WHY, now=NOW),
}


@pytest.fixture
def everybody(community, roads):
    """One person of each role; workers of the organisation that holds the report, and of another one."""
    people = {
        role.value: staff(community, role.value, organisation=roads if role.value in IN_ORGANISATION else None)
        for role in Role
        if role is not Role.RESIDENT
    }
    elsewhere = OrganisationFactory(community=community)
    strangers = {f"{role} elsewhere": staff(community, role, organisation=elsewhere) for role in IN_ORGANISATION}
    return people | strangers | {"resident": PersonFactory(), AUTHOR: PersonFactory()}


@pytest.fixture
def report_in(community, roads, everybody):
    def report_in(state):
        trait = {} if state == "open" else {state: True}
        if state == "rejected":
            trait = {"state": "rejected", "ground": "off_topic"}
        report = ReportFactory(
            community=community, author=everybody[AUTHOR], archives_at=NOW + timedelta(days=20), **trait
        )
        if state == "archived":
            Report.objects.filter(pk=report.pk).update(archived_at=NOW - timedelta(days=1))
        # The notes of the table are met: the second letter went, the organisation has answered.
        held(report, organisation=roads, resent_at=NOW)
        Answer.objects.create(report=report, organisation=roads, kind="answer", text="Так.", at=NOW)
        return report

    return report_in


def outcome(act, report, who):
    """The state after the act; None when it was refused. Nothing stays of it."""
    undone = transaction.atomic()
    undone._from_testcase = True  # actions are durable: only a test may stand around one
    try:
        with undone:
            ACTS[act](report.pk, who)
            after = Report.objects.values_list("state", flat=True).get(pk=report.pk)
            transaction.set_rollback(True)
            return after
    except Refused:
        return None


@pytest.mark.parametrize("state", [state.value for state in State])
def test_every_role_may_do_what_the_table_says_and_nothing_else(state, report_in, everybody):
    report = report_in(state)
    for act in ACTS:
        allowed, target = MAY.get((act, state), (set(), None))
        for role, who in everybody.items():
            expected = (target or AFTER_ARCHIVE[role]) if role in allowed else None
            assert outcome(act, report, who) == expected, (act, state, role)


def test_the_worker_closes_what_was_opened_again_where_the_charter_admits_them(report_in, everybody, under):
    report = report_in("reopened")
    assert outcome("close", report, everybody[WORKER]) is None
    under(worker_closes_reopened=True)
    assert outcome("close", report, everybody[WORKER]) == "closed"
    for role in ("head_of_organisation", "executor", f"{WORKER} elsewhere", AUTHOR, "resident"):
        assert outcome("close", report, everybody[role]) is None, role


def test_without_what_the_notes_ask_nobody_stands_in(report_in, everybody):
    for state, act in (("open", "accept"), ("accepted", "close")):
        report = report_in(state)
        report.assignments.update(resent_at=None)
        Answer.objects.filter(report=report).delete()
        assert outcome(act, report, everybody[WORKER]) is not None
        for role in (CONTROL, MODERATOR):
            assert outcome(act, report, everybody[role]) is None, (state, role)


def test_only_the_clock_takes_it_to_the_archive_and_only_after_twenty_days(report_in):
    report = report_in("closed")
    archive_reports(now=NOW + timedelta(days=19))
    assert Report.objects.get(pk=report.pk).state == "closed"
    archive_reports(now=NOW + timedelta(days=20))
    assert Report.objects.get(pk=report.pk).state == "archived"


def test_the_author_takes_it_back_from_the_archive_for_twenty_days_and_no_longer(report_in, everybody):
    report = report_in("archived")
    Report.objects.filter(pk=report.pk).update(archived_at=NOW - timedelta(days=19))
    assert outcome("reopen", report, everybody[AUTHOR]) == "accepted"
    Report.objects.filter(pk=report.pk).update(archived_at=NOW - timedelta(days=22))
    assert outcome("reopen", report, everybody[AUTHOR]) is None
    assert outcome("reopen", report, everybody[MODERATOR]) == "reopened", "the moderator whenever a check says so"
