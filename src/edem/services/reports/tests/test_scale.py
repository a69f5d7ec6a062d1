"""What must hold its time at a million reports: the questions follow their own indexes, and say what a slow one says."""

import itertools
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.kernel.geo.cells import cell_of, tile_of
from edem.kernel.geo.points import Point
from edem.services.reports.actions.counting_cells import count_cells_anew
from edem.services.reports.models import Report
from edem.services.reports.models.keys import holder_key
from edem.services.reports.queries import tiles
from edem.services.reports.queries.control import board_of
from edem.services.reports.queries.informing import first_uninformed, late_uninformed
from edem.services.reports.queries.lists import STATES_OF, Group, Wanted, reports_wanted
from edem.services.reports.queries.queues import Wanted as Sought
from edem.services.reports.queries.queues import queue_of
from edem.services.reports.rules.tree import lineage
from edem.services.reports.tests.factories import HERE, MARCH_2, ReportFactory, held

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CODES = ("2", "2.1", "2.1.1", "2.1.2", "2.2", "3", "3.8", "7.1")
WITH_ROWS_OUT_OF_ORDER = {"enable_sort": "off", "enable_seqscan": "off", "enable_incremental_sort": "off"}


@pytest.fixture
def bodies(community):
    return OrganisationFactory.create_batch(3, community=community)


@pytest.fixture
def many(community, bodies):
    """Of every state, holder and category, some of them under two."""
    chance = random.Random(7)
    traits = ({}, {"accepted": True}, {"closed": True}, {"archived": True}, {"reopened": True}, {"checking": True})
    made = []
    for number in range(90):
        codes = chance.sample(["2.1.1", "2.1.2", "2.2", "3.8"], k=1 + number % 2)
        place = Point(HERE.lat + chance.random() / 50, HERE.lon + chance.random() / 50)
        made.append(
            ReportFactory(
                community=community,
                organisation=chance.choice([*bodies, None]),
                category_codes=codes,
                lat=place.lat,
                lon=place.lon,
                cell=cell_of(place),
                **{"published_at": MARCH_2 + number * DAY, **chance.choice(traits)},
            )
        )
    return made


def test_filters_together_find_what_each_of_them_leaves(many, community, bodies):
    groups, days = (Group.ALL, Group.CURRENT, Group.ARCHIVED), (None, MARCH_2 + 30 * DAY)
    for group, code, body, since in itertools.product(groups, ("", *CODES), (None, *bodies), days):
        wanted = Wanted(group=group, category=code, organisation=body.pk if body else None, since=since)
        slow = {
            each.pk
            for each in many
            if each.state in STATES_OF[group]
            and (not code or any(code in lineage(mine) for mine in each.category_codes))
            and (body is None or each.organisation_id == body.pk)
            and (since is None or each.published_at >= since)
        }
        assert set(reports_wanted(community, wanted).values_list("pk", flat=True)) == slow, wanted


@given(st.integers(1, 2**62), st.lists(st.from_regex(r"[1-9](\.[1-9][0-9]?){0,2}", fullmatch=True), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_the_database_writes_keys_as_the_questions_do(db, body, codes):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_holder_keys(%s, %s::varchar[])", [body, codes])
        assert cursor.fetchone() == ([holder_key(body, code) for code in codes],)


@pytest.fixture
def crowd(many):
    """Each of them forty times more, and the planner knows."""
    columns = [field.column for field in Report._meta.concrete_fields if not field.primary_key]
    others = {"client_uuid": "gen_random_uuid()", "number": "number + 1000000 * n"}
    values = ", ".join(others.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO reports_report ({', '.join(columns)}) "  # noqa: S608 - the model's own names
            f"SELECT {values} FROM reports_report CROSS JOIN generate_series(1, 40) AS n"
        )
        cursor.execute("ANALYZE reports_report")


def test_what_is_rare_for_a_holder_is_found_by_one_key(crowd, community, bodies):
    ReportFactory(community=community, organisation=bodies[0], category_codes=["7.1"])
    wanted = Wanted(group=Group.ALL, category="7.1", organisation=bodies[0].pk)
    plan = plan_of(lambda: list(reports_wanted(community, wanted)), "holder_keys")
    assert "report_holder_by_category" in plan


def test_what_a_holder_has_of_some_days_lies_in_one_index(crowd, community, bodies):
    wanted = Wanted(group=Group.ALL, category="2", organisation=bodies[0].pk, since=MARCH_2 + 85 * DAY)
    plan = plan_of(lambda: reports_wanted(community, wanted).count(), "COUNT")
    assert "report_holder_by_age" in plan


def test_points_come_out_of_one_index_in_its_order(many, community):
    plan = plan_of(
        lambda: tiles.columns_of(community, Wanted(group=Group.OPEN)), "string_agg", **WITH_ROWS_OUT_OF_ORDER
    )
    assert "Index Only Scan using report_points" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("zoom", [0, 9, 13, 17])
def test_a_tile_takes_as_many_queries_however_crowded_it_is(many, community, monkeypatch, zoom):
    x, y = tile_of(HERE, zoom)
    count_cells_anew(community.pk, now=MARCH_2)
    asked = []
    for most in (1_000, 3):
        monkeypatch.setattr(tiles, "MOST_RAW", most)  # as if a tile held no more one by one
        with CaptureQueriesContext(connection) as seen:
            tiles.tile_of(community, Wanted(group=Group.ALL), z=zoom, x=x, y=y)
        asked.append(len(seen))
    assert max(asked) <= 2


def test_the_board_goes_through_each_holders_own_terms(community, bodies):
    for number, body in enumerate(bodies * 20):
        due = MARCH_2 + (number * 7 % 60) * DAY
        held(ReportFactory(community=community), organisation=body, inform_due_at=due, head_informed_at=None)
    told, late = ReportFactory(community=community), MARCH_2 + 20 * DAY
    held(told, organisation=bodies[0], inform_due_at=MARCH_2 - DAY, head_informed_at=MARCH_2)
    held(ReportFactory(), inform_due_at=MARCH_2 - DAY, head_informed_at=None)  # another community's
    first = first_uninformed(community, None, limit=11)
    assert [each.inform_due_at for each in first] == [MARCH_2 + number * DAY for number in range(11)]
    assert late_uninformed(community, None, now=late) == (21, False)
    own = first_uninformed(community, bodies[1].pk, limit=60)
    assert {each.organisation_id for each in own} == {bodies[1].pk}
    assert len(own) == 20
    plan = plan_of(lambda: board_of(community, organisation_id=None, now=late), "LATERAL", **WITH_ROWS_OUT_OF_ORDER)
    assert "report_head_to_tell" in plan


def test_what_a_holder_has_ended_comes_in_the_order_of_an_index(many, bodies):
    wanted = Sought(state="archived")
    plan = plan_of(lambda: queue_of(bodies[0].pk, wanted, now=MARCH_2), '"closed_at" DESC', **WITH_ROWS_OUT_OF_ORDER)
    assert "report_ended_by_holder" in plan
    assert "Sort" not in plan


def test_the_queue_asks_as_often_for_many_reports_as_for_few(community, bodies):
    asked = []
    for more in (1, 30):
        for each in ReportFactory.create_batch(more, community=community, organisation=bodies[0], due_at=MARCH_2):
            held(each, organisation=bodies[0], inform_due_at=MARCH_2, head_informed_at=None)
        with CaptureQueriesContext(connection) as seen:
            queue_of(bodies[0].pk, Sought(), now=MARCH_2)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def plan_of(ask, word, **planner):
    """How the database answers the question that has this word in it, where the planner may not take the ways named."""
    with CaptureQueriesContext(connection) as seen:
        ask()
    questions = [each["sql"] for each in seen.captured_queries if word in each["sql"]]
    assert questions, [each["sql"] for each in seen.captured_queries]
    with connection.cursor() as cursor:
        for name, value in {"enable_seqscan": "off", **planner}.items():
            cursor.execute(f"SET LOCAL {name} = {value}")
        cursor.execute(f"EXPLAIN (COSTS OFF) {questions[0]}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        for name in {"enable_seqscan": "off", **planner}:
            cursor.execute(f"SET LOCAL {name} = DEFAULT")
    return plan
