"""The work inside an organisation: the head is told, the executor appointed, the work reported, words said, links made."""

from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.people.models import RoleGrant
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.answering import answer_report, reply_as_author
from edem.services.reports.actions.assigning import appoint_executor, inform_head, report_work
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.noting import add_note
from edem.services.reports.actions.task_links import make_link
from edem.services.reports.actions.templating import remove_template, save_template
from edem.services.reports.events import ExecutorAppointed, ReportAnswered, WorkReported
from edem.services.reports.models import Answer, AnswerTemplate, InternalNote, WorkReport
from edem.services.reports.queries.cases import case_of, story_of
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.tests.cabinet import hold
from edem.services.reports.tests.factories import MARCH_2, held, staff

pytestmark = pytest.mark.django_db
NOW = MARCH_2 + timedelta(hours=3)
DAY = timedelta(days=1)


@pytest.fixture
def stranger(community):
    """A worker of an organisation that does not hold the report."""
    return staff(
        community,
        "responsible_worker",
        "head_of_organisation",
        "executor",
        organisation=OrganisationFactory(community=community),
    )


def test_the_head_is_told_once_and_the_clock_of_the_day_stops(report, worker):
    inform_head(report.pk, by=worker, now=NOW)
    inform_head(report.pk, by=worker, now=NOW + DAY)
    own = hold(report)
    assert (own.head_informed_at, own.alarm_at) == (NOW, None)


def test_the_head_appoints_and_is_thereby_told(report, head, executor, announced):
    appoint_executor(report.pk, executor_id=executor.pk, name="", by=head, now=NOW)
    own = hold(report)
    assert (own.executor, own.executor_name, own.head_informed_at) == (executor, executor.display_name, NOW)
    assert ExecutorAppointed(report_id=report.pk, assignment_id=own.pk, at=NOW) in announced


def test_somebody_without_an_account_is_appointed_by_name(report, worker):
    appoint_executor(report.pk, executor_id=None, name="  Бригада № 2 ", by=worker, now=NOW)
    assert hold(report).executor_name == "Бригада № 2"
    with pytest.raises(Invalid):
        appoint_executor(report.pk, executor_id=None, name=" ", by=worker, now=NOW)


def test_an_executor_of_another_organisation_is_not_appointed(report, head, stranger):
    with pytest.raises(Missing):
        appoint_executor(report.pk, executor_id=stranger.pk, name="", by=head, now=NOW)


def test_the_executor_reports_and_the_state_stays_for_the_worker_to_close(report, worker, executor, announced):
    accept_report(report.pk, by=worker, now=NOW)
    report_work(report.pk, "Засипали щебенем.", by=executor, now=NOW)
    report.refresh_from_db()
    done = WorkReport.objects.get()
    assert (report.state, hold(report).reported_at, done.text) == ("accepted", NOW, "Засипали щебенем.")
    assert WorkReported(report_id=report.pk, work_report_id=done.pk) in announced
    close_report(report.pk, Closing(result=Result.EXPLAINED, text="Зробили ще торік."), by=worker, now=NOW)
    with pytest.raises((Conflict, NotAllowed)):
        report_work(report.pk, "Ще раз.", by=executor, now=NOW)


ACTS = {
    "inform": lambda pk, by: inform_head(pk, by=by, now=NOW),
    "appoint": lambda pk, by: appoint_executor(pk, executor_id=None, name="Бригада", by=by, now=NOW),
    "report": lambda pk, by: report_work(pk, "Готово.", by=by, now=NOW),
    "answer": lambda pk, by: answer_report(pk, "Зробимо.", kind="answer", by=by, now=NOW),
    "ask": lambda pk, by: answer_report(pk, "Де саме?", kind="question", by=by, now=NOW),
    "explain": lambda pk, by: answer_report(pk, "Немає асфальту.", kind="explanation", by=by, now=NOW),
    "note": lambda pk, by: add_note(pk, "Спитати склад.", by=by, now=NOW),
    "link": lambda pk, by: make_link(pk, name="ТОВ", days=7, by=by, now=NOW),
}


MAY = {
    "responsible_worker": set(ACTS),
    "head_of_organisation": {"inform", "appoint", "answer", "ask", "note", "link"},
    "executor": {"report", "answer", "ask", "explain", "note"},
    "control_body": {"answer", "ask", "explain"},
    "moderator": {"answer", "ask", "explain"},
    "auditor": set(),
}


@pytest.mark.parametrize("role", MAY)
def test_each_role_may_do_its_own_and_no_more(community, roads, report, role):
    by = staff(
        community,
        role,
        organisation=roads if role in {"responsible_worker", "head_of_organisation", "executor"} else None,
    )
    done = set()
    for name, act in ACTS.items():
        try:
            act(report.pk, by)
        except NotAllowed:
            continue
        done.add(name)
    assert done == MAY[role]


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_whoever_does_not_hold_it_has_no_say(report, stranger, act):
    with pytest.raises(NotAllowed):
        act(report.pk, stranger)


def test_a_role_without_an_organisation_is_a_role_nowhere(community, report):
    with pytest.raises(NotAllowed):
        inform_head(report.pk, by=staff(community, "responsible_worker"), now=NOW)


def test_an_explanation_meets_the_thirty_days_and_an_answer_does_not(report, worker):
    answer_report(report.pk, "Дивимося.", kind="answer", by=worker, now=NOW)
    report.refresh_from_db()
    assert report.explained_at is None
    answer_report(report.pk, "Асфальт буде в травні.", kind="explanation", by=worker, now=NOW)
    report.refresh_from_db()
    assert report.explained_at == NOW


def test_a_question_is_answered_by_the_author_alone(report, worker, announced):
    asked = answer_report(report.pk, "Біля якого будинку?", kind="question", by=worker, now=NOW)
    replied = reply_as_author(report.pk, "Біля сьомого.", by=report.author, now=NOW)
    assert ReportAnswered(report_id=report.pk, answer_id=replied) in announced
    assert [(each.kind, each.organisation_id) for each in Answer.objects.order_by("pk")] == [
        ("question", hold(report).organisation_id),
        ("reply", None),
    ]
    assert asked != replied
    with pytest.raises(NotAllowed):
        reply_as_author(report.pk, "Це не я.", by=worker, now=NOW)


@pytest.mark.parametrize("text", ["", "   \n", "а" * 4001])
def test_empty_and_endless_words_are_refused(report, worker, text):
    with pytest.raises(Invalid):
        answer_report(report.pk, text, kind="answer", by=worker, now=NOW)
    assert not Answer.objects.exists()


def test_notes_are_read_only_inside_the_organisation_that_wrote_them(community, report, worker):
    other = OrganisationFactory(community=community)
    held(report, organisation=other, is_main=False)
    helper = staff(community, "responsible_worker", organisation=other)
    add_note(report.pk, "Своїм: подзвонити на склад.", by=worker, now=NOW)
    add_note(report.pk, "Наші справи.", by=helper, now=NOW)
    seen = {
        who: [note.text for note in story_of(case_of(community, report.pk, reader=who, now=NOW)).notes]
        for who in (worker, helper)
    }
    assert seen == {worker: ["Своїм: подзвонити на склад."], helper: ["Наші справи."]}
    assert InternalNote.objects.count() == 2


def test_templates_are_an_organisations_own(roads, worker, head, stranger, executor):
    save_template(roads, None, title="Дякуємо", text="Дякуємо, виїдемо завтра.", by=worker, now=NOW)
    with pytest.raises(Conflict):
        save_template(roads, None, title="Дякуємо", text="Інше", by=head, now=NOW)
    kept = AnswerTemplate.objects.get()
    save_template(roads, kept.pk, title="Дякуємо!", text="Виїдемо.", by=head, now=NOW)
    for outsider in (stranger, executor):
        with pytest.raises(NotAllowed):
            remove_template(roads, kept.pk, by=outsider, now=NOW)
    kept.refresh_from_db()
    assert kept.title == "Дякуємо!"
    remove_template(roads, kept.pk, by=worker, now=NOW)
    assert not AnswerTemplate.objects.exists()


def test_a_role_that_was_taken_back_holds_nothing(report, worker):
    RoleGrant.objects.update(ended_at=NOW)
    with pytest.raises(NotAllowed):
        inform_head(report.pk, by=worker, now=NOW)
