"""How often a batch of reports from phones asks the database: a storm brings many at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.config.testing.queries import NOT_COUNTED
from edem.foundation.files.tests.contents import picture
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.parcels import take_parcels
from edem.services.reports.actions.unpacking import unpack_batch
from edem.services.reports.models import Parcel, Report

pytestmark = pytest.mark.django_db


def asked_by(work) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured)


@pytest.fixture
def batch(parcel):
    """From as many people, with a photo each."""

    def batch(size):
        return [parcel(picture(), by=PersonFactory()) for _ in range(size)]

    return batch


def test_the_door_asks_as_often_for_five_reports_as_for_one(batch, assert_queries):
    take_parcels(batch(1))  # what a process reads once
    one, five = batch(1), batch(5)
    often = asked_by(lambda: take_parcels(one))
    with assert_queries(often):
        take_parcels(five)
    assert Parcel.objects.count() == 7


def test_what_came_before_is_asked_for_all_at_once(batch, assert_queries):
    known = batch(5)
    take_parcels(known)
    often = asked_by(lambda: take_parcels(known[:1]))
    with assert_queries(often):
        assert not any(outcome.refusal for outcome in take_parcels(known).values())
    assert Parcel.objects.count() == 5


def test_the_job_asks_no_oftener_for_each_of_five_than_for_one(batch, now):
    def unpacked(size) -> int:
        take_parcels(batch(size))
        [came_with] = set(Parcel.objects.order_by("pk").values_list("came_with", flat=True))
        return asked_by(lambda: unpack_batch(came_with, now=now))

    unpacked(1)  # what a process reads once
    one = unpacked(1)
    assert unpacked(5) <= 5 * one
    assert (Report.objects.count(), Parcel.objects.count()) == (7, 0)
