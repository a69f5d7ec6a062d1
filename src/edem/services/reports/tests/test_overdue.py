"""A term that nobody keeps: reminder, warning in the control body's name, the second letter, acceptance by force."""

from dataclasses import replace
from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, NotAllowed
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.resending import resend_report
from edem.services.reports.actions.sending import send_report
from edem.services.reports.actions.stepping import lock, meet_explanation
from edem.services.reports.actions.warning import ring_alarms
from edem.services.reports.models import Answer, Assignment, Category, Report, ReportStep
from edem.services.reports.queries.control import board_of
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.tests.factories import a_draft, staff
from edem.services.reports.web.control import picture_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def crew(community, roads):
    return {
        "worker": staff(community, "responsible_worker", organisation=roads),
        "head": staff(community, "head_of_organisation", organisation=roads),
        "control": staff(community, "control_body"),
        "moderator": staff(community, "moderator"),
        "stranger": staff(community, "responsible_worker", organisation=OrganisationFactory(community=community)),
    }


@pytest.fixture
def sent(community, crew, monday):
    return send_report(a_draft(), community=community, by=PersonFactory(), now=monday)


def at(moment):
    """The world comes to this moment: sweeps run, letters are written."""
    ring_alarms(now=moment)
    run_jobs(now=moment)


def told(crew, template):
    names = {person.pk: name for name, person in crew.items()}
    rows = Notice.objects.filter(template=f"reports/mail/{template}.html").order_by("pk")
    return sorted({names[row.person_id] for row in rows if row.person_id in names})


def anew(report):
    return Report.objects.get(pk=report.pk)


def test_from_a_missed_term_to_a_forced_acceptance_and_closing(sent, crew, roads, community, monday):
    Category.objects.filter(community=community).update(photo_required_on_closing=False)
    due_at = sent.accept_due_at
    with pytest.raises(Conflict, match="not_resent_yet"):
        accept_report(sent.pk, by=crew["control"], now=monday + DAY)

    at(due_at - MINUTE)
    assert told(crew, "near") == ["head", "worker"]
    assert told(crew, "missed") == ["control", "head", "worker"], "the head was not told within a working day"
    assert not Answer.objects.exists()

    at(due_at)
    warning = Answer.objects.get()
    assert (warning.kind, warning.author, warning.public) == ("warning", None, True)
    assert "05.03.2026" in warning.text
    assert Assignment.objects.get().resent_at == due_at
    assert told(crew, "resent") == ["head", "worker"]
    assert anew(sent).state == "open"

    at(due_at + DAY)
    assert Answer.objects.count() == 1, "one warning for one missed term"

    accept_report(sent.pk, by=crew["control"], now=due_at + DAY)
    assert ReportStep.objects.filter(report=sent).latest("pk").actor == "control_body"
    assert Assignment.objects.get().accepted_at == due_at + DAY, "the organisation answers for it now"

    at(sent.explain_due_at)
    assert Answer.objects.filter(kind="warning").count() == 2
    Answer.objects.create(report=sent, organisation=roads, kind="answer", text="Зроблено.", at=sent.explain_due_at)
    solved = Closing(result=Result.SOLVED, text="Яму залатали гарячим асфальтом.")
    close_report(sent.pk, solved, by=crew["control"], now=sent.explain_due_at + DAY)
    assert anew(sent).state == "closed"
    assert anew(sent).alarm_at is None


def test_what_is_accepted_in_time_is_never_warned_about(sent, crew, monday):
    accept_report(sent.pk, by=crew["worker"], now=monday + DAY)
    at(sent.accept_due_at + DAY)
    assert not Answer.objects.exists()
    assert Assignment.objects.get().resent_at is None


def test_an_explanation_meets_the_thirty_days(sent, crew, monday):
    accept_report(sent.pk, by=crew["worker"], now=monday)
    report = lock(sent.pk)
    meet_explanation(report, now=monday + 10 * DAY)
    report.save()
    assert (anew(sent).due_at, anew(sent).alarm_at) == (None, None)
    at(sent.explain_due_at + DAY)
    assert not Answer.objects.exists()


def test_where_the_charter_says_so_the_moderator_resends_by_hand(sent, crew, under, monday):
    under(resend_by_itself=False)
    due_at = sent.accept_due_at
    with pytest.raises(Conflict, match="not_overdue"):
        resend_report(sent.pk, by=crew["moderator"], now=due_at - MINUTE)
    at(due_at)
    assert Answer.objects.count() == 1
    assert Assignment.objects.get().resent_at is None
    with pytest.raises(NotAllowed, match="moderators_resend"):
        resend_report(sent.pk, by=crew["control"], now=due_at)
    resend_report(sent.pk, by=crew["moderator"], now=due_at + DAY)
    accept_report(sent.pk, by=crew["control"], now=due_at + 2 * DAY)
    assert anew(sent).state == "accepted"


def test_a_sweep_that_comes_late_tells_each_end_once(sent, crew):
    at(sent.explain_due_at + 10 * DAY)
    at(sent.explain_due_at + 11 * DAY)
    assert Answer.objects.filter(kind="warning").count() == 2
    assert told(crew, "near") == []


def test_where_nobody_holds_it_the_control_body_hears_of_it(community, monday):
    control = staff(community, "control_body")
    report = send_report(a_draft(), community=community, by=PersonFactory(), now=monday)
    run_jobs(now=monday)
    assert told({"control": control}, "nobody") == ["control"]
    at(report.accept_due_at)
    assert told({"control": control}, "missed") == ["control"]


def test_the_board_has_every_term_overdue_first(sent, community, roads, crew, monday):
    fresh = send_report(a_draft(), community=community, by=PersonFactory(), now=sent.accept_due_at)
    columns = {each.code: each for each in board_of(community, organisation_id=None, now=sent.accept_due_at + MINUTE)}
    accept = columns["accept"]
    assert [row.report.pk for row in accept.rows] == [sent.pk, fresh.pk]
    assert ([row.is_late for row in accept.rows], accept.late) == ([True, False], 1)
    assert len(columns["inform"].rows) == len(columns["explain"].rows) == 2
    assert columns["nobody"].rows == []
    elsewhere = {each.code: each for each in board_of(community, organisation_id=roads.pk + 1, now=monday)}
    assert [len(each.rows) for each in elsewhere.values()] == [0, 0, 0]


def test_the_board_says_what_an_organisation_has_not_even_opened(sent, come, client, community, read, monday):
    def says_so() -> bool:
        client.logout()
        client.sign_in(staff(community, "control_body"))
        return "організація ще не відкривала" in read("control/")

    assert says_so()
    come()
    read(f"{sent.pk}/job/")
    assert not says_so()


def test_a_report_that_nobody_holds_stands_apart_on_the_board(community, monday):
    report = send_report(a_draft(), community=community, by=PersonFactory(), now=monday)
    nobody = board_of(community, organisation_id=None, now=monday)[0]
    assert [row.report.pk for row in nobody.rows] == [report.pk]


def test_the_board_draws_how_much_is_late_by_each_term_and_nothing_where_nothing_is(sent, community, monday):
    drawn = picture_of(board_of(community, organisation_id=None, now=sent.accept_due_at + MINUTE))
    assert dict(drawn.rows) == {
        "Ні в кого": 0, "Поінформувати керівника": 1, "Прийняти в роботу": 1, "Вирішити або пояснити": 0
    }  # fmt: skip
    columns = board_of(community, organisation_id=None, now=monday)
    assert picture_of(columns) is None
    uncounted = [replace(each, late=1, late_is_more=True) for each in columns]
    assert picture_of(uncounted) is None, "a bar of what was not counted to the end would lie"
