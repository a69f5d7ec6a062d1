"""From the street to the archive and back: who takes which step, what it changes, what it says and to whom."""

from datetime import timedelta

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.accepting import Executor, accept_report
from edem.services.reports.actions.archiving import archive_reports
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.confirming import confirm_solution
from edem.services.reports.actions.moderating import edit_report, publish_report, reject_report
from edem.services.reports.actions.refusing import redirect_report, refuse_report
from edem.services.reports.actions.reopening import reopen_report
from edem.services.reports.actions.sending import send_report
from edem.services.reports.events import ReportMoved
from edem.services.reports.models import Answer, Assignment, Category, Photo, Report, ReportStep
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.tests.factories import ReportFactory, a_draft, held, staff

DAY = timedelta(days=1)
SOLVED = Closing(result=Result.SOLVED, text="Яму залатали гарячим асфальтом.")
WHY = "Яма знову розійшлася після дощу."


@pytest.fixture
def worker(community, roads):
    return staff(community, "responsible_worker", organisation=roads)


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def control(community):
    return staff(community, "control_body")


@pytest.fixture(autouse=True)
def _no_photo_asked(community):
    Category.objects.filter(community=community).update(photo_required_on_closing=False)


def anew(report) -> Report:
    return Report.objects.get(pk=report.pk)


def last_step(report) -> ReportStep:
    return ReportStep.objects.filter(report=report).latest("pk")


def test_a_worker_accepts_with_an_executor_and_the_first_term_is_met(report, worker, monday, announced):
    accept_report(report.pk, by=worker, now=monday + DAY, executor=Executor(name="бригада № 2"))
    taken, own = anew(report), Assignment.objects.get()
    assert (taken.state, taken.accepted_at) == ("accepted", monday + DAY)
    assert taken.due_at == taken.explain_due_at
    assert (own.accepted_at, own.executor_name) == (monday + DAY, "бригада № 2")
    assert list(announced) == [
        ReportMoved(
            report_id=report.pk,
            step="accept",
            from_state="open",
            to_state="accepted",
            actor="responsible_worker",
            at=monday + DAY,
        )
    ]
    assert AuditEntry.objects.get().act == "report.accepted"


def test_a_worker_of_another_organisation_may_not(report, community, monday):
    stranger = staff(community, "responsible_worker", organisation=OrganisationFactory(community=community))
    with pytest.raises(NotAllowed, match=r"lifecycle\.not_allowed"):
        accept_report(report.pk, by=stranger, now=monday)
    with pytest.raises(NotAllowed, match="not_held_by_you"):
        refuse_report(report.pk, by=stranger, reason=WHY, passed_to=None, now=monday)


def test_several_organisations_may_accept_and_the_main_one_closes(report, community, worker, monday):
    helper = OrganisationFactory(community=community)
    held(report, organisation=helper, is_main=False)
    second = staff(community, "responsible_worker", organisation=helper)
    accept_report(report.pk, by=worker, now=monday)
    accept_report(report.pk, by=second, now=monday + DAY)
    assert Assignment.objects.filter(accepted_at__isnull=False).count() == 2
    assert ReportStep.objects.filter(report=report).count() == 1
    with pytest.raises(Conflict, match="accepted_already"):
        accept_report(report.pk, by=second, now=monday + DAY)
    with pytest.raises(NotAllowed, match="main_closes"):
        close_report(report.pk, SOLVED, by=second, now=monday + DAY)
    close_report(report.pk, SOLVED, by=worker, now=monday + DAY)
    assert not Assignment.objects.filter(closed_at=None).exists()


def test_closing_carries_a_result_a_text_and_the_archive_is_set(report, worker, monday):
    accept_report(report.pk, by=worker, now=monday)
    close_report(report.pk, SOLVED, by=worker, now=monday + DAY)
    done = anew(report)
    assert (done.state, done.result, done.result_text) == ("closed", "solved", SOLVED.text)
    assert (done.due_at, done.alarm_at) == (None, None)
    assert monday + 21 * DAY < done.archives_at < monday + 22 * DAY
    assert last_step(report).note == SOLVED.text


@pytest.mark.parametrize(
    ("closing", "code"),
    [
        (Closing(result=Result.SOLVED, text="ок"), "result_length"),
        (Closing(result=Result.NOT_OURS, text="Це дорога державного значення."), "addressee_needed"),
    ],
)
def test_a_closing_that_says_nothing_is_refused(report, worker, monday, closing, code):
    accept_report(report.pk, by=worker, now=monday)
    with pytest.raises(Invalid, match=code):
        close_report(report.pk, closing, by=worker, now=monday)
    assert anew(report).state == "accepted"


def test_solved_needs_a_photo_of_the_work_where_the_category_asks(report, worker, monday, community, a_photo, under):
    Category.objects.filter(community=community, code="3.8").update(photo_required_on_closing=True)
    accept_report(report.pk, by=worker, now=monday)
    a_photo(report, stage=Photo.Stage.BEFORE)
    with pytest.raises(Invalid, match="photo_needed"):
        close_report(report.pk, SOLVED, by=worker, now=monday)
    a_photo(report, stage=Photo.Stage.AFTER)
    close_report(report.pk, SOLVED, by=worker, now=monday)
    assert anew(report).state == "closed"


def test_the_moderator_accepts_and_closes_only_what_neighbours_do(report, moderator, monday):
    with pytest.raises(Conflict, match="not_self_organised"):
        accept_report(report.pk, by=moderator, now=monday)
    accept_report(report.pk, by=moderator, now=monday, self_organised=True)
    assert anew(report).self_organised
    assert Assignment.objects.get().accepted_at is None, "neighbours' work binds no organisation"
    close_report(report.pk, SOLVED, by=moderator, now=monday + DAY)
    assert last_step(report).actor == "moderator"


def test_the_control_body_closes_on_the_organisations_answer(report, control, worker, roads, monday):
    accept_report(report.pk, by=worker, now=monday)
    with pytest.raises(Conflict, match="no_answer_yet"):
        close_report(report.pk, SOLVED, by=control, now=monday)
    Answer.objects.create(report=report, organisation=roads, kind="answer", text="Зроблено.", at=monday + DAY)
    close_report(report.pk, SOLVED, by=control, now=monday + DAY)
    assert last_step(report).actor == "control_body"


def test_what_is_closed_for_twenty_days_goes_to_the_archive_by_itself(community, monday):
    report = ReportFactory(community=community, closed=True)
    archive_reports(now=report.archives_at - timedelta(seconds=1))
    assert anew(report).state == "closed"
    archive_reports(now=report.archives_at + DAY)
    archived = anew(report)
    assert (archived.state, archived.archived_at) == ("archived", report.archives_at), "at its stroke, not the job's"
    assert last_step(report).actor == "clock"


def test_its_author_opens_a_closed_report_again_and_it_returns_to_who_held_it(report, worker, roads, monday):
    accept_report(report.pk, by=worker, now=monday)
    close_report(report.pk, SOLVED, by=worker, now=monday + DAY)
    reopen_report(report.pk, by=report.author, reason=WHY, now=monday + 3 * DAY)
    again = anew(report)
    assert (again.state, again.reopened_count, again.result, again.archives_at) == ("reopened", 1, "", None)
    assert again.explain_due_at > monday + 32 * DAY, "the thirty days run anew"
    assert Assignment.objects.get(closed_at=None).organisation == roads
    with pytest.raises(NotAllowed, match=r"lifecycle\.not_allowed"):
        close_report(report.pk, SOLVED, by=worker, now=monday + 4 * DAY)


def test_the_worker_closes_a_reopened_report_only_where_the_charter_admits_them(report, worker, control, monday, under):
    accept_report(report.pk, by=worker, now=monday)
    close_report(report.pk, SOLVED, by=worker, now=monday + DAY)
    reopen_report(report.pk, by=report.author, reason=WHY, now=monday + 2 * DAY)
    accept_report(report.pk, by=worker, now=monday + 3 * DAY)
    assert anew(report).state == "reopened", "work on it is marked without a step"
    under(worker_closes_reopened=True)
    close_report(report.pk, SOLVED, by=worker, now=monday + 4 * DAY)
    reopen_report(report.pk, by=report.author, reason=WHY, now=monday + 5 * DAY)
    under(worker_closes_reopened=False)
    close_report(report.pk, SOLVED, by=control, now=monday + 6 * DAY)
    assert (anew(report).state, anew(report).reopened_count) == ("closed", 2)


def test_from_the_archive_the_author_goes_straight_to_work_and_the_moderator_opens(community, roads, moderator):
    first, second = (ReportFactory(community=community, archived=True) for _ in range(2))
    reopen_report(first.pk, by=first.author, reason=WHY, now=first.archived_at + 19 * DAY)
    assert (anew(first).state, last_step(first).step) == ("accepted", "take_up_again")
    assert anew(first).organisation == roads, "who held it last is gone, so the matrix says"
    reopen_report(second.pk, by=moderator, reason=WHY, now=second.archived_at + 60 * DAY)
    assert (anew(second).state, last_step(second).step) == ("reopened", "reopen")


def test_the_author_is_late_after_twenty_days_in_the_archive(community, roads):
    report = ReportFactory(community=community, archived=True)
    with pytest.raises(Conflict, match="too_late_to_reopen"):
        reopen_report(report.pk, by=report.author, reason=WHY, now=report.archived_at + 22 * DAY)


def test_the_clock_counts_even_before_the_sweep_has_come(community, roads):
    report = ReportFactory(community=community, closed=True)
    reopen_report(report.pk, by=report.author, reason=WHY, now=report.archives_at + timedelta(minutes=1))
    steps = list(ReportStep.objects.filter(report=report).order_by("pk").values_list("step", "to_state"))
    assert steps == [("archive", "archived"), ("take_up_again", "accepted")]


def test_nobody_else_opens_it_again(community, worker, monday):
    report = ReportFactory(community=community, closed=True)
    for other in (PersonFactory(), worker):
        with pytest.raises(NotAllowed, match=r"lifecycle\.not_allowed"):
            reopen_report(report.pk, by=other, reason=WHY, now=monday + 2 * DAY)


def test_not_ours_goes_on_with_a_reason_and_comes_back_only_through_the_control_body(
    report, worker, control, roads, community, monday, announced
):
    parks = OrganisationFactory(community=community, name="КП «Парки»")
    refuse_report(report.pk, by=worker, reason="Це стежка парку, не дорога.", passed_to=parks.pk, now=monday + DAY)
    given, taken = Assignment.objects.order_by("pk")
    assert (given.returned_at, given.passed_to, given.organisation) == (monday + DAY, parks, roads)
    assert (taken.organisation, taken.is_main, anew(report).organisation) == (parks, True, parks)
    assert [type(each).__name__ for each in announced] == ["ReportPassed", "ReportAssigned"]

    gardener = staff(community, "responsible_worker", organisation=parks)
    with pytest.raises(Conflict, match="returned_before"):
        refuse_report(report.pk, by=gardener, reason="Ні, це ваша стежка.", passed_to=roads.pk, now=monday + 2 * DAY)
    refuse_report(report.pk, by=gardener, reason="Ні, це їхня стежка.", passed_to=None, now=monday + 2 * DAY)
    assert anew(report).organisation is None
    redirect_report(
        report.pk, organisation_id=roads.pk, by=control, reason="Дорога на балансі КП.", now=monday + 3 * DAY
    )
    assert anew(report).organisation == roads
    assert Assignment.objects.count() == 3


def test_a_resident_redirects_nothing(report, roads, monday):
    with pytest.raises(NotAllowed, match="not_yours_to_redirect"):
        redirect_report(report.pk, organisation_id=roads.pk, by=report.author, reason=WHY, now=monday)


def test_only_the_author_confirms_and_only_what_is_closed(report, worker, monday):
    with pytest.raises(Conflict, match="not_closed"):
        confirm_solution(report.pk, by=report.author, is_solved=True, now=monday)
    accept_report(report.pk, by=worker, now=monday)
    close_report(report.pk, SOLVED, by=worker, now=monday)
    with pytest.raises(NotAllowed, match="not_yours"):
        confirm_solution(report.pk, by=worker, is_solved=True, now=monday)
    confirm_solution(report.pk, by=report.author, is_solved=True, now=monday + DAY)
    assert (anew(report).confirmed, anew(report).confirmed_at) == (True, monday + DAY)


def test_under_premoderation_the_moderator_publishes_and_the_clocks_start_then(
    community, under, roads, moderator, monday
):
    under(moderation="pre")
    report = send_report(a_draft(), community=community, by=PersonFactory(), now=monday)
    with pytest.raises(NotAllowed):
        publish_report(report.pk, by=report.author, now=monday)
    publish_report(report.pk, by=moderator, now=monday + DAY)
    public = anew(report)
    assert (public.state, public.published_at, public.organisation) == ("open", monday + DAY, roads)


def test_a_report_is_taken_out_only_on_a_ground_of_the_act(report, moderator, worker, monday):
    with pytest.raises(Invalid, match="unknown_ground"):
        reject_report(report.pk, by=moderator, ground="dull", note=WHY, now=monday)
    with pytest.raises(NotAllowed, match=r"lifecycle\.not_allowed"):
        reject_report(report.pk, by=worker, ground="obscene", note=WHY, now=monday)
    reject_report(report.pk, by=moderator, ground="obscene", note="Лайка в описі.", now=monday)
    gone = anew(report)
    assert (gone.state, gone.ground, gone.organisation, gone.alarm_at) == ("rejected", "obscene", None, None)
    assert not Assignment.objects.filter(closed_at=None).exists()


def test_a_moderators_edit_leaves_a_public_trace(report, moderator, worker, monday):
    before = report.title
    with pytest.raises(NotAllowed, match="moderators_edit"):
        edit_report(report.pk, by=worker, title="Інша назва", text="", reason=WHY, now=monday)
    with pytest.raises(Conflict, match="nothing_changed"):
        edit_report(report.pk, by=moderator, title=before, text=report.text, reason=WHY, now=monday)
    edit_report(report.pk, by=moderator, title="Яма на переході", text="", reason="Прибрано номер.", now=monday)
    edition = report.editions.get()
    assert (edition.title, edition.reason, anew(report).edited_at) == (before, "Прибрано номер.", monday)
