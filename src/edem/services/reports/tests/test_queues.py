"""The queue of an organisation: the nearest term first, narrowed by filters, page by page."""

from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.services.reports.actions.assigning import appoint_executor
from edem.services.reports.queries.queues import Wanted, queue_of
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held

pytestmark = pytest.mark.django_db
NOW = MARCH_2 + timedelta(hours=3)
DAY = timedelta(days=1)


def test_the_queue_sorts_by_the_nearest_clock_and_names_it(community, roads, worker):
    late = ReportFactory(community=community, accept_due_at=NOW - DAY, due_at=NOW - DAY, title="Прострочена")
    soon = ReportFactory(community=community, accept_due_at=NOW + 2 * DAY, due_at=NOW + 2 * DAY, title="Скоро")
    told = ReportFactory(community=community, accept_due_at=NOW + DAY, due_at=NOW + DAY, title="Керівник знає")
    mine = ReportFactory(community=community, accepted=True, explained_at=NOW, due_at=None, title="Пояснена")
    for each in (late, soon, told, mine):
        held(
            each,
            organisation=roads,
            inform_due_at=NOW + timedelta(hours=5),
            head_informed_at=None if each in {late, soon} else NOW,
        )
    page = queue_of(roads.pk, Wanted(), now=NOW)
    assert [(row.report.title, row.clock, row.is_overdue) for row in page.rows] == [
        ("Прострочена", "accept", True),
        ("Скоро", "inform", False),
        ("Керівник знає", "accept", False),
        ("Пояснена", None, False),
    ]
    assert page.counts == {"open": 3, "overdue": 1, "uninformed": 2}


def test_the_queue_has_what_the_organisation_only_helps_with_and_nothing_of_others(community, roads):
    other = OrganisationFactory(community=community)
    foreign, shared = ReportFactory.create_batch(2, community=community)
    held(foreign, organisation=other)
    held(shared, organisation=other)
    held(shared, organisation=roads, is_main=False, head_informed_at=NOW)
    page = queue_of(roads.pk, Wanted(), now=NOW)
    assert [row.report for row in page.rows] == [shared]


@pytest.mark.parametrize(("wanted", "found"), [
    (Wanted(state="open"), {"Яма", "Сміття"}),
    (Wanted(state="closed"), {"Стара"}),
    (Wanted(category="2.1.1"), {"Сміття"}),
    (Wanted(category="2"), {"Сміття"}),
    (Wanted(text="смітт"), {"Сміття"}),
    (Wanted(text="101"), {"Яма"}),
    (Wanted(text="садова"), {"Сміття"}),
    (Wanted(is_overdue=True), {"Яма"}),
    (Wanted(text="нічого такого"), set()),
])  # fmt: skip
def test_filters_narrow_the_queue(community, roads, wanted, found):
    facts = {"community": community}
    reports = [
        ReportFactory(title="Яма", number=101, due_at=NOW - DAY, **facts),
        ReportFactory(title="Сміття", category_codes=["2.1.1"], due_at=NOW + DAY, address="вул. Садова, 3", **facts),
        ReportFactory(title="Стара", closed=True, **facts),
    ]
    for each in reports:
        held(each, organisation=roads, closed_at=NOW if each.title == "Стара" else None)
    assert {row.report.title for row in queue_of(roads.pk, wanted, now=NOW).rows} == found


def test_the_executors_own_part_of_the_queue(community, roads, executor, head):
    first, second = ReportFactory.create_batch(2, community=community)
    for each in (first, second):
        held(each, organisation=roads)
    appoint_executor(first.pk, executor_id=executor.pk, name="", by=head, now=NOW)
    assert [row.report for row in queue_of(roads.pk, Wanted(executor_id=executor.pk), now=NOW).rows] == [first]


def test_a_long_queue_comes_page_by_page_without_a_gap(community, roads):
    reports = ReportFactory.create_batch(60, community=community, due_at=NOW + DAY)
    for each in reports:
        held(each, organisation=roads, head_informed_at=NOW)
    first, second = (queue_of(roads.pk, Wanted(), now=NOW, number=number) for number in (1, 2))
    seen = [row.report.pk for row in (*first.rows, *second.rows)]
    assert (len(first.rows), first.has_next, len(second.rows), second.has_next) == (50, True, 10, False)
    assert sorted(seen) == sorted(each.pk for each in reports)
