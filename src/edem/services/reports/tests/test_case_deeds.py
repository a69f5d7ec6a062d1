"""The case of the control body and the moderator: one deed in sight, the one that waits; every other folded once."""

import re
from datetime import timedelta

import pytest

from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.ending_self_help import return_self_help
from edem.services.reports.actions.self_help import decide_self_help, propose_self_help, report_self_help
from edem.services.reports.queries.reading import report_page
from edem.services.reports.tests.factories import ReportFactory, held, staff
from edem.services.reports.web.deeds import deeds_open

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def seen(community, client, read, now):
    """The deed in sight on the case as somebody with this role reads it; every other that is open must be folded."""

    def seen(report, role):
        person = staff(community, role)
        client.sign_in(person)
        panel = read(f"{report.pk}/case/").partition("<aside")[2].partition("</aside>")[0]
        shown, folded = (re.findall(r'/case/(\w+)/"', part) for part in re.split('class="folds"', panel, maxsplit=1))
        allowed = deeds_open(report_page(community, report.pk, reader=person, now=now))
        assert sorted([*shown, *folded]) == sorted(deed.code for deed in allowed)
        assert ("нічого не потрібно" in panel) == (not shown)
        return shown

    return seen


@pytest.fixture
def case(community, roads, now):
    def case(*, resent_at=None, **facts):
        in_time = {"accept_due_at": now + DAY, "explain_due_at": now + 9 * DAY, "published_at": now - DAY}
        report = ReportFactory(community=community, **(in_time | facts))
        held(report, organisation=roads, resent_at=resent_at, now=now - DAY)
        return report

    return case


@pytest.mark.parametrize(
    ("role", "facts", "waits"),
    [
        ("moderator", {"checking": True, "published_at": None}, ["publish"]),
        ("moderator", {}, []),
        ("moderator", {"accepted": True}, []),
        ("moderator", {"reopened": True}, ["close"]),
        ("moderator", {"closed": True}, []),
        ("moderator", {"state": "rejected"}, []),
        ("control_body", {}, []),
        ("control_body", {"accepted": True}, []),
        ("control_body", {"reopened": True}, ["close"]),
    ],
)
def test_what_the_case_waits_for_stands_in_sight(case, seen, role, facts, waits):
    assert seen(case(**facts), role) == waits


def test_a_missed_term_asks_the_moderator_to_send_again_and_the_second_letter_the_control_body_to_accept(
    case, seen, now
):
    late = case(accept_due_at=now - DAY)
    assert seen(late, "moderator") == ["resend"]
    assert seen(late, "control_body") == []
    late.assignments.update(resent_at=now)
    assert seen(late, "control_body") == ["accept"]


def test_what_neighbours_did_waits_for_the_moderator_till_it_is_returned(case, seen, community, now):
    report, leader, moderator = case(), PersonFactory(), staff(community, "moderator")
    propose_self_help(report.pk, plan="Фарбуємо лавки самі.", meets_at=None, by=leader, now=now)
    decide_self_help(report.pk, agrees=True, note="", by=moderator, now=now)
    assert seen(report, "moderator") == [], "their work is not done yet"
    report_self_help(report.pk, text="Пофарбували лавки.", photos=[], by=leader, now=now)
    assert seen(report, "moderator") == ["close"]
    return_self_help(report.pk, reason="Одна лавка ще не пофарбована.", by=moderator, now=now)
    assert seen(report, "moderator") == []
