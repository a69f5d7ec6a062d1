"""The plan of fulfilment in a real database: who may keep it, what stays in its history, who is told and when."""

from datetime import timedelta

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.deadlines import kyiv_day, starts_of_day
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.following import follow
from edem.services.petitions.actions.fulfilling import (
    add_stage,
    change_stage,
    drop_stage,
    finish_fulfilment,
    finish_stage,
    reopen_stage,
    start_fulfilment,
)
from edem.services.petitions.models import PlanChange, PlanStage
from edem.services.petitions.queries.fulfilment import plan_of
from edem.services.petitions.rules.fulfilment import Condition, NewStage
from edem.services.petitions.rules.lifecycle import State, Step
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = kyiv_day(MARCH_1)


def due_in(days):
    return starts_of_day(TODAY + (days + 1) * DAY)


def new_stage(title="Купити ліхтарі", *, days=10, **facts):
    return NewStage(**({"title": title, "body": "ЖКГ", "due_at": due_in(days)} | facts))


@pytest.fixture
def petition():
    return PetitionFactory(
        collecting=True, state=State.ANSWERED, decision="supported", reached_at=MARCH_1, answered_at=MARCH_1 - DAY
    )


@pytest.fixture
def officer(petition):
    return staff(petition.community, "officer")


@pytest.fixture
def plan(petition, officer):
    """The petition's first stage; the plan is open."""
    start_fulfilment(petition.pk, new_stage(), by=officer, now=MARCH_1, note="Купимо й поставимо.")
    petition.refresh_from_db()
    return petition.plan.get()


def told(template):
    rows = Notice.objects.filter(template=f"petitions/mail/plan/{template}.html").order_by("created_at", "id")
    return [row.person_id for row in rows]


def test_the_plan_begins_with_its_first_stage_and_the_petitions_clock_is_the_stages(petition, plan):
    assert (petition.state, petition.responsible_body) == (State.FULFILMENT, "ЖКГ")
    assert petition.due_at == plan.due_at == due_in(10)
    assert plan.changes.get().kind == "added"


def test_the_clock_follows_the_next_open_stage(petition, plan, officer):
    sooner = add_stage(petition.pk, new_stage("Проєкт", days=3), by=officer, now=MARCH_1)
    petition.refresh_from_db()
    assert petition.due_at == due_in(3)
    finish_stage(petition.pk, sooner, by=officer, now=MARCH_1, done_on=TODAY, note="Готово.")
    petition.refresh_from_db()
    assert petition.due_at == due_in(10)
    drop_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, note="Ліхтарі вже є.")
    petition.refresh_from_db()
    assert petition.due_at is None


def test_a_moved_date_keeps_the_old_one_and_the_reason_in_public(petition, plan, officer):
    moved = new_stage(days=20)
    with pytest.raises(Invalid, match="note_required"):
        change_stage(petition.pk, plan.pk, moved, by=officer, now=MARCH_1, note="  ")
    change_stage(petition.pk, plan.pk, moved, by=officer, now=MARCH_1, note="Затримка постачання.")
    petition.refresh_from_db()
    shown = plan_of(petition, now=MARCH_1)
    (turn,) = shown.stages[0].turns
    assert (turn.day_before, turn.day_after) == (TODAY + 10 * DAY, TODAY + 20 * DAY)
    assert turn.change.note == "Затримка постачання."
    assert petition.due_at == due_in(20)


def test_a_stage_may_be_changed_after_its_date_without_moving_it(petition, plan, officer):
    late = MARCH_1 + 15 * DAY
    change_stage(petition.pk, plan.pk, new_stage(body="Вишсвітло"), by=officer, now=late, note="Інший виконавець.")
    plan.refresh_from_db()
    assert (plan.body, plan.changes.last().kind) == ("Вишсвітло", "changed")
    with pytest.raises(Invalid, match="due_in_past"):
        change_stage(petition.pk, plan.pk, new_stage(days=12), by=officer, now=late, note="Ще трохи.")


def test_what_is_done_is_opened_again_only_with_a_reason_and_the_history_keeps_all(petition, plan, officer):
    finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=TODAY, note="Стоять.")
    for act in (drop_stage, lambda *ids, **facts: finish_stage(*ids, done_on=TODAY, **facts)):
        with pytest.raises(Conflict, match="stage_closed"):
            act(petition.pk, plan.pk, by=officer, now=MARCH_1, note="Ще раз.")
    reopen_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, note="Не світять.")
    plan.refresh_from_db()
    assert (plan.standing, plan.done_on) == ("planned", None)
    assert list(plan.changes.values_list("kind", flat=True)) == ["added", "done", "reopened"]


@pytest.mark.parametrize("done_on", [TODAY + DAY, TODAY - 9 * DAY])
def test_a_stage_is_done_neither_tomorrow_nor_before_the_answer(petition, plan, officer, done_on):
    with pytest.raises(Invalid):
        finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=done_on, note="Так.")


def test_a_petition_is_fulfilled_only_after_every_stage(petition, plan, officer):
    other = add_stage(petition.pk, new_stage("Пофарбувати"), by=officer, now=MARCH_1)
    finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=TODAY, note="Стоять.")
    with pytest.raises(Conflict, match="stages_open"):
        finish_fulfilment(petition.pk, Step.FULFIL, by=officer, now=MARCH_1, note="Усе.")
    drop_stage(petition.pk, other, by=officer, now=MARCH_1, note="Пофарбовані на заводі.")
    finish_fulfilment(petition.pk, Step.FULFIL, by=officer, now=MARCH_1, note="Усе.")
    petition.refresh_from_db()
    assert petition.state == State.FULFILLED


def test_nothing_done_is_not_fulfilled_but_may_be_given_up(petition, plan, officer):
    drop_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, note="Немає коштів.")
    with pytest.raises(Conflict, match="nothing_done"):
        finish_fulfilment(petition.pk, Step.FULFIL, by=officer, now=MARCH_1, note="Усе.")
    finish_fulfilment(petition.pk, Step.GIVE_UP, by=officer, now=MARCH_1, note="Немає коштів.")
    petition.refresh_from_db()
    assert petition.state == State.NOT_FULFILLED


@pytest.mark.parametrize("roles", [("moderator",), ("control_body",), ("auditor",), ()])
def test_only_the_officer_and_the_mayor_keep_the_plan(petition, plan, roles):
    other = staff(petition.community, *roles) if roles else PersonFactory()
    before = PlanChange.objects.count()
    with pytest.raises(NotAllowed):
        finish_stage(petition.pk, plan.pk, by=other, now=MARCH_1, done_on=TODAY, note="Так.")
    with pytest.raises(NotAllowed):
        add_stage(petition.pk, new_stage(), by=other, now=MARCH_1)
    assert PlanChange.objects.count() == before


def test_the_officer_of_another_community_has_no_say(petition, plan):
    stranger = staff(PetitionFactory().community, "officer", "mayor")
    with pytest.raises(NotAllowed):
        drop_stage(petition.pk, plan.pk, by=stranger, now=MARCH_1, note="Ні.")


def test_a_stage_of_another_petition_is_not_found(petition, plan, officer):
    other = PetitionFactory(community=petition.community, collecting=True, state=State.FULFILMENT)
    with pytest.raises(Missing):
        drop_stage(other.pk, plan.pk, by=officer, now=MARCH_1, note="Ні.")


def test_a_plan_that_has_ended_is_not_changed(petition, plan, officer):
    finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=TODAY, note="Так.")
    finish_fulfilment(petition.pk, Step.FULFIL, by=officer, now=MARCH_1, note="Усе.")
    with pytest.raises(Conflict, match="plan_is_closed"):
        add_stage(petition.pk, new_stage(), by=officer, now=MARCH_1)


def test_author_and_followers_hear_of_each_turn_once(petition, plan, officer):
    follower = PersonFactory()
    follow(petition, by=follower, now=MARCH_1)
    finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=TODAY, note="Стоять.")
    reopen_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, note="Не світять.")
    for _again in range(2):
        run_jobs(now=MARCH_1)
        assert sorted(told("stage"), key=str) == sorted([petition.author_id, follower.pk] * 2, key=str)
    subjects = set(Notice.objects.filter(template="petitions/mail/plan/stage.html").values_list("subject", flat=True))
    assert subjects == {"Виконано: «Купити ліхтарі»", "Етап знову відкрито: «Купити ліхтарі»"}


def test_the_letters_of_the_plan_say_what_and_why(petition, plan, officer):
    staff(petition.community, "control_body")
    change_stage(petition.pk, plan.pk, new_stage(days=20), by=officer, now=MARCH_1, note="Затримка постачання.")
    finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=TODAY, note="Стоять.")
    add_stage(petition.pk, new_stage("Пофарбувати", days=5), by=officer, now=MARCH_1)
    run_jobs(now=due_in(5) - timedelta(seconds=1))
    run_jobs(now=due_in(5))
    letters = [letter_of(each) for each in Notice.objects.filter(template__contains="/mail/plan/").order_by("id")]
    text = "\n".join(each.text for each in letters)
    for words in ("Строк перенесено з", "Затримка постачання.", "День виконання:", "має бути готовий до", "сплив"):
        assert words in text
    assert "None" not in text


def test_the_officer_is_reminded_a_working_day_before_and_the_control_body_told_after(petition, plan, officer):
    control = staff(petition.community, "control_body")
    run_jobs(now=due_in(10) - 3 * DAY)
    assert told("reminder") == []
    run_jobs(now=due_in(10) - timedelta(seconds=1))
    assert (told("reminder"), told("overdue")) == ([officer.pk], [])
    run_jobs(now=due_in(10))
    assert sorted(told("overdue"), key=str) == sorted([control.pk, officer.pk], key=str)


def test_nobody_is_reminded_of_a_stage_that_is_done_or_has_moved(petition, plan, officer):
    staff(petition.community, "control_body")
    change_stage(petition.pk, plan.pk, new_stage(days=30), by=officer, now=MARCH_1, note="Пізніше.")
    run_jobs(now=due_in(10))
    assert told("reminder") == told("overdue") == []
    finish_stage(petition.pk, plan.pk, by=officer, now=due_in(10), done_on=TODAY, note="Стоять.")
    run_jobs(now=due_in(31))
    assert told("reminder") == told("overdue") == []


def test_the_public_plan_counts_what_is_done_of_what_was_not_dropped(petition, plan, officer):
    others = [
        add_stage(petition.pk, new_stage(f"Етап {n}", days=n, amount=n * 100), by=officer, now=MARCH_1)
        for n in (2, 4, 6)
    ]
    finish_stage(petition.pk, others[0], by=officer, now=MARCH_1 + 3 * DAY, done_on=TODAY + 3 * DAY, note="Так.")
    drop_stage(petition.pk, others[1], by=officer, now=MARCH_1, note="Ні.")
    petition.refresh_from_db()
    shown = plan_of(petition, now=MARCH_1 + 8 * DAY)
    assert (shown.done, shown.counted, shown.late, shown.amount.kopiykas) == (1, 3, 1, 800)
    assert [each.condition for each in shown.stages] == [
        Condition.DONE_LATE, Condition.DROPPED, Condition.LATE, Condition.PLANNED,
    ]  # fmt: skip
    assert (shown.next_stage.stage.pk, shown.next_stage.days_late) == (others[2], 2)


def test_every_turn_of_the_plan_is_in_the_log_of_staff(petition, plan, officer):
    change_stage(petition.pk, plan.pk, new_stage(days=11), by=officer, now=MARCH_1, note="Так.")
    finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=TODAY, note="Так.")
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["petition.fulfilment_started", "petition.stage_changed", "petition.stage_done"]


def test_a_plan_has_a_bound(petition, plan, officer, monkeypatch):
    monkeypatch.setattr("edem.services.petitions.actions.fulfilling.MOST_STAGES", 1)
    with pytest.raises(Conflict, match="too_many_stages"):
        add_stage(petition.pk, new_stage(), by=officer, now=MARCH_1)
    assert PlanStage.objects.count() == 1
