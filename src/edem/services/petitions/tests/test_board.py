"""The officer's board: everything that waits, by state and by clock, for those whose work it is."""

from datetime import timedelta

import pytest

from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.models import Hearing, PlanStage
from edem.services.petitions.queries.board import IN_A_COLUMN, Wanted, board_of, week_ends
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def waiting(community, now):
    """Makes petitions of the community in a state, due in so many days."""

    def waiting(state, *, days=3, **facts):
        usual = {"reached_at": now, "due_at": now + timedelta(days=days), "published_at": now - DAY}
        return PetitionFactory(
            community=community, collecting=True, state=state, closes_at=now + 30 * DAY, **(usual | facts)
        )

    return waiting


def column(board, state):
    return next(each for each in board.columns if each.state is state)


def test_overdue_comes_first_and_the_longest_overdue_before_all(community, waiting, now):
    waiting(State.REACHED, days=-1, title="Учора")
    waiting(State.CONSIDERATION, days=-9, title="Давно")
    waiting(State.APPEAL, days=20, title="Колись")
    board = board_of(community, Wanted(), now=now)
    assert [each.title for each in board.overdue] == ["Давно", "Учора"]
    assert column(board, State.CONSIDERATION).overdue == 1
    assert column(board, State.APPEAL).overdue == 0


def test_the_coming_week_ends_with_its_seventh_day_in_kyiv(community, waiting, now):
    until = week_ends(now)
    assert kyiv_day(until) == kyiv_day(now) + 8 * DAY
    assert kyiv_day(until - timedelta(seconds=1)) == kyiv_day(now) + 7 * DAY
    waiting(State.HANDED_OVER, due_at=until - timedelta(seconds=1), title="Встигаємо")
    waiting(State.HANDED_OVER, due_at=until, title="Наступного тижня")
    board = board_of(community, Wanted(), now=now)
    assert [each.title for each in board.this_week] == ["Встигаємо"]


def test_a_plan_is_on_the_board_by_its_stages(community, waiting, now):
    petition = waiting(State.FULFILMENT, days=-2)
    PlanStage.objects.create(petition=petition, title="Ліхтарі", body="ЖКГ", due_at=now - 2 * DAY)
    PlanStage.objects.create(petition=petition, title="Готове", body="ЖКГ", due_at=now - 5 * DAY,
                             standing="done", done_on=now.date())  # fmt: skip
    board = board_of(community, Wanted(), now=now)
    assert [(each.title, each.holder) for each in board.overdue] == [("Ліхтарі", "ЖКГ")]
    assert column(board, State.FULFILMENT).count == 1


def test_a_hearing_without_minutes_is_overdue(community, waiting, now):
    petition = waiting(State.CONSIDERATION, days=20)
    Hearing.objects.create(petition=petition, standing="appointed", starts_at=now - DAY, place="Зала")
    (item,) = board_of(community, Wanted(), now=now).overdue
    assert item.path == f"/petitions/{petition.pk}/hearings/"


def test_what_is_supported_waits_for_its_plan_and_what_is_declined_for_nothing(community, waiting, now):
    waiting(State.ANSWERED, due_at=None, decision="supported")
    waiting(State.ANSWERED, due_at=None, decision="declined")
    assert column(board_of(community, Wanted(), now=now), State.ANSWERED).count == 1


def test_a_collection_that_has_ended_is_not_late(community, waiting, now):
    waiting(State.COLLECTING, days=-1)
    board = board_of(community, Wanted(), now=now)
    assert (board.overdue, column(board, State.COLLECTING).overdue) == ([], 0)


def test_filters_narrow_the_whole_board(community, waiting, now):
    waiting(State.REACHED, days=-1, category="Освіта", title="Школа")
    waiting(State.REACHED, days=-1, category="Безпека", title="Укриття")
    waiting(State.HANDED_OVER, days=1, category="Освіта", title="Садок")
    by_topic = board_of(community, Wanted(category="Освіта"), now=now)
    assert [each.title for each in by_topic.overdue] == ["Школа"]
    by_state = board_of(community, Wanted(state="handed_over"), now=now)
    assert ([each.state for each in by_state.columns], by_state.overdue) == ([State.HANDED_OVER], [])
    late = board_of(community, Wanted(overdue=True), now=now)
    assert (late.this_week, sum(each.count for each in late.columns)) == ([], 2)


def test_another_communitys_work_is_not_here(community, now):
    PetitionFactory(collecting=True, state=State.REACHED, reached_at=now, due_at=now - DAY)
    assert board_of(community, Wanted(), now=now).overdue == []


def test_the_page_asks_as_often_for_many_petitions_as_for_few(
    community, waiting, come_as, client, queries_of, assert_queries, now
):
    come_as("officer")
    petition = waiting(State.FULFILMENT)
    PlanStage.objects.create(petition=petition, title="Ліхтарі", body="ЖКГ", due_at=now)
    few = queries_of("/zhytomyr/petitions/board/")
    for state in (State.REACHED, State.CONSIDERATION, State.MODERATION, State.APPEAL):
        for _ in range(IN_A_COLUMN + 2):
            waiting(state)
    with assert_queries(few):
        page = client.get("/zhytomyr/petitions/board/").content.decode()
    assert page.count('?state=reached"') == 1


@pytest.mark.parametrize("role", ["officer", "mayor", "control_body", "auditor"])
def test_the_board_is_open_to_those_whose_work_it_is_and_the_desk_leads_there(client, come_as, read, waiting, role):
    waiting(State.REACHED, title="Мости")
    come_as(role)
    assert "Мости" in read("board/")
    assert 'href="/zhytomyr/petitions/board/"' in client.get("/zhytomyr/desk/").content.decode()


def test_the_board_is_closed_to_others(client, come_as, read, resident):
    assert "who=staff" in client.get("/zhytomyr/petitions/board/")["Location"]
    client.sign_in(resident)
    read("board/", status=403)
    come_as("cnap_clerk")
    read("board/", status=403)


@pytest.mark.parametrize("query", [{"state": "немає"}, {"category": "<b>"}, {"overdue": "так"}, {"state": "draft"}])
def test_any_filter_is_answered(come_as, read, waiting, query):
    waiting(State.REACHED)
    come_as("officer")
    assert "Дошка петицій" in read("board/", **query)
