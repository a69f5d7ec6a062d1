"""What like this lies near: by the index of cells, ranked by the score, in a fixed number of queries."""

from datetime import timedelta

import pytest

from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.models import Photo
from edem.services.reports.queries.similar import New, alike, likeness_of, near_reports, to_offer
from edem.services.reports.rules.duplicates import Band
from edem.services.reports.tests.factories import HERE, ReportFactory

pytestmark = pytest.mark.django_db
PIT = New(point=HERE, categories=("3.8",), text="Вибоїна біля школи, розбите покриття")


@pytest.fixture
def there(community, now):
    """A report so many metres to the north."""

    def there(north_m, **facts):
        point = Point(HERE.lat + north_m / 111_195, HERE.lon)
        usual = {"published_at": now - timedelta(days=1), "lat": point.lat, "lon": point.lon, "cell": cell_of(point)}
        return ReportFactory(community=community, **(usual | facts))

    return there


def bands(found):
    return {each.report.pk: each.band for each in found}


def test_the_near_and_the_like_come_first_and_the_rest_is_left_out(there, community, now):
    far, near, beside = there(900), there(6), there(55, category_codes=["3.9"], title="Плитка", text="")
    found = alike(community, PIT, now=now)
    assert next(iter(found)).report == near
    assert far.pk not in bands(found)
    assert bands(found)[near.pk] is Band.OFFER
    assert bands(found).get(beside.pk) is not Band.OFFER
    assert next(each.report for each in to_offer(found)) == near
    assert found[0].distance_m == 6


def test_other_towns_other_times_and_what_nobody_reads_are_not_offered(there, community, now):
    there(5, state="archived", closed_at=now, archived_at=now, result="solved")
    there(5, published_at=now - timedelta(days=400))
    there(5, state="checking", published_at=None)
    point = {"lat": HERE.lat, "lon": HERE.lon, "cell": cell_of(HERE)}
    ReportFactory(published_at=now, **point)
    assert alike(community, PIT, now=now) == []
    mine = there(5)
    assert alike(community, PIT, now=now, besides=mine.pk) == []


def test_without_a_place_nothing_is_alike(there, community, now):
    there(1)
    assert alike(community, New(point=None, categories=("3.8",)), now=now) == []


def test_the_same_photo_raises_what_is_a_little_far(there, community, now, stored_photo):
    away = there(52, title="Інше", text="Геть інші слова")
    assert bands(alike(community, PIT, now=now)).get(away.pk) is not Band.OFFER
    Photo.objects.create(report=away, file=stored_photo, width=4, height=3, dhash=0b1011, added_at=now)
    same = New(point=HERE, categories=("3.8",), text=PIT.text, photos=[0b1010])
    assert bands(alike(community, same, now=now))[away.pk] is Band.OFFER


@pytest.fixture
def stored_photo(community, now):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from edem.foundation.files.actions import store_upload
    from edem.foundation.files.tests.contents import picture
    from edem.foundation.people.tests.factories import PersonFactory

    file = SimpleUploadedFile("яма.jpg", picture())
    return store_upload(file, community=community, owner=PersonFactory(), purpose="reports.photo", now=now)


def test_however_many_lie_near_it_takes_as_many_queries(there, community, now, django_assert_max_num_queries):
    for north in range(1, 12):
        there(north)
    with django_assert_max_num_queries(4):
        alike(community, PIT, now=now)


def test_the_question_goes_by_the_index_of_cells(there, community, now):
    there(5)
    from edem.services.reports.queries.categories import categories_of

    near = near_reports(community, PIT, likeness_of(list(categories_of(community).filter(code="3.8"))), now=now)
    sql = str(near.query)
    assert '"cell" >=' in sql
    assert "IS NOT NULL" in sql
