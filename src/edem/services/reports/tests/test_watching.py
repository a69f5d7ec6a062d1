"""Watching a circle, a street, a category: whoever watches hears of each report once, others hear nothing."""

from datetime import timedelta
from math import cos, radians
from urllib.parse import parse_qsl

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices.models import Notice, Subscription
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Invalid
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.actions.indexing import index_report
from edem.services.reports.actions.telling import tell_everybody
from edem.services.reports.actions.watching import forget_abandoned_areas, watch_circle, watch_street
from edem.services.reports.models import WatchedArea
from edem.services.reports.queries.watched import areas_named, areas_over, topic_of, topics_over
from edem.services.reports.rules.watching import street_key
from edem.services.reports.tests.factories import HERE, MARCH_2, ReportFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("вул. Садова, 12", "садова"),
        ("Садова вулиця", "садова"),
        ("м. Житомир, вул. Київська, буд. 5, кв. 7", "київська"),
        ("8 Березня, 3", "8 березня"),
        ("вул. 1 Травня", "1 травня"),
        ("просп. Миру 12а", "миру"),
        ("12", ""),
        ("с. Зарічани", ""),
        ("", ""),
    ],
)
def test_a_street_is_known_however_its_address_is_written(address, street):
    assert street_key(address) == street


@pytest.fixture
def neighbour(db):
    return PersonFactory()


@pytest.fixture
def circle(community, neighbour):
    def make(metres=500, *, by=None, place=HERE, rhythm=Rhythm.IMMEDIATE):
        return watch_circle(
            community, place, metres, title="Мій двір", rhythm=rhythm, by=by or neighbour, now=MARCH_2 - DAY
        )

    return make


def put(community, lat_step=0.0, **facts):
    place = Point(HERE.lat + lat_step, HERE.lon)
    return ReportFactory(community=community, lat=place.lat, lon=place.lon, cell=cell_of(place), **facts)


@pytest.mark.parametrize("metres", [250, 500, 1_000, 2_000, 5_000])
def test_a_circle_holds_what_is_nearer_than_its_radius_and_nothing_else(community, circle, metres):
    area = circle(metres)
    degree = 111_195
    assert areas_over(put(community, 0.98 * metres / degree)) == [area.pk]
    assert areas_over(put(community, 1.02 * metres / degree)) == []


def test_a_circle_of_another_community_hears_nothing(community, circle):
    circle()
    other = CommunityFactory(slug="elsewhere", services=["reports"])
    assert areas_over(put(other)) == []


def test_a_report_without_a_place_is_heard_of_by_its_street(community, neighbour):
    area = watch_street(community, "вул. Садова", title="Вулиця", rhythm=Rhythm.DAILY, by=neighbour, now=MARCH_2)
    assert areas_over(ReportFactory(community=community, address="Садова 7")) == [area.pk]
    assert areas_over(ReportFactory(community=community, address="вул. Київська, 1")) == []


def test_a_category_is_followed_with_all_that_is_under_it(community):
    assert set(topics_over(ReportFactory(community=community, category_codes=["2.1.1", "3.8"]))) == {
        "2", "2.1", "3", "3.8",
    }  # fmt: skip


def test_each_report_is_told_once_however_many_ways_it_is_watched(community, circle, neighbour):
    circle()
    circle(1_000)
    watch_street(community, "вул. Садова", title="Вулиця", rhythm=Rhythm.IMMEDIATE, by=neighbour, now=MARCH_2 - DAY)
    category = Subject(Kind.TOPIC, "reports", "3")
    follow(neighbour.pk, category, community=community, rhythm=Rhythm.IMMEDIATE, source="page", now=MARCH_2 - DAY)
    report = put(community, address="Садова 7")
    for _ in range(2):
        tell_everybody(report.pk, "published", now=MARCH_2, occasion="x")
    assert Notice.objects.filter(person_id=neighbour.pk).count() == 1
    put_far = put(community, 0.5, category_codes=["1.1"])
    tell_everybody(put_far.pk, "published", now=MARCH_2, occasion="x")
    assert Notice.objects.filter(person_id=neighbour.pk).count() == 1


def test_the_author_is_not_told_twice_of_their_own_report(community, circle):
    report = put(community)
    circle(by=report.author)
    tell_everybody(report.pk, "published", now=MARCH_2, occasion="x")
    assert Notice.objects.filter(person_id=report.author_id).count() == 1


def test_neighbours_share_the_row_of_a_street(community, neighbour):
    for person in (neighbour, PersonFactory()):
        watch_street(community, "Садова", title="Вулиця", rhythm=Rhythm.WEEKLY, by=person, now=MARCH_2)
    assert WatchedArea.objects.count() == 1
    assert Subscription.objects.count() == 2


def test_wrong_circles_and_streets_without_a_name_are_refused(community, circle, neighbour):
    with pytest.raises(Invalid, match=r"report\.unknown_radius"):
        circle(777)
    with pytest.raises(Invalid, match=r"report\.no_street"):
        watch_street(community, "12", title="", rhythm=Rhythm.DAILY, by=neighbour, now=MARCH_2)
    assert not WatchedArea.objects.exists()


def test_an_area_that_nobody_follows_is_forgotten_after_a_day(circle):
    kept, left = circle(), circle(1_000)
    Subscription.objects.filter(key=f"area:{left.pk}").delete()
    forget_abandoned_areas(now=MARCH_2 - DAY / 2)
    assert WatchedArea.objects.count() == 2
    forget_abandoned_areas(now=MARCH_2 + DAY)
    assert list(WatchedArea.objects.all()) == [kept]


def test_a_resident_watches_by_the_page_and_finds_it_in_the_cabinet(community, client, neighbour, send, read):
    client.sign_in(neighbour)
    assert "map-pin" in read("watch/")
    send("watch/", {"lat": "50.2547", "lon": "28.6587", "radius": "250", "rhythm": "daily"})
    send("watch/", {"street": "вул. Садова", "radius": "500", "rhythm": "immediate"})
    assert "Напишіть вулицю" in send("watch/", {"radius": "500", "rhythm": "immediate"}, status=422)
    mine = client.get("/zhytomyr/cabinet/mailing/").content.decode()
    assert "250 м навколо" in mine
    assert "Садова" in mine


@pytest.mark.parametrize("metres", [250, 500, 1_000, 2_000, 5_000])
def test_the_feed_and_the_list_of_a_circle_have_what_its_follower_is_written_to_about(community, circle, read, metres):
    """A corner of the box around it is 1.41 radii away: nobody is written to about what lies there."""
    area, degree = circle(metres), 111_195
    corner = 0.9 * metres / degree
    east = corner / cos(radians(HERE.lat))
    near = put(community, 0.98 * metres / degree, title="Яма всередині кола")
    place = Point(HERE.lat + corner, HERE.lon + east)
    far = ReportFactory(
        community=community, lat=place.lat, lon=place.lon, cell=cell_of(place), title="Яма в кутку квадрата"
    )
    put(community, 1.02 * metres / degree, title="Яма відразу за колом")
    ReportFactory(community=community, title="Яма без місця")
    followed = areas_named(community, [topic_of(area.pk)])[topic_of(area.pk)]
    asked = dict(parse_qsl(followed.path.partition("?")[2]))
    assert (areas_over(near), areas_over(far)) == ([area.pk], [])
    for path in ("feed.atom", ""):
        page = read(path, **asked)
        assert "Яма всередині кола" in page
        for title in ("Яма в кутку квадрата", "Яма відразу за колом", "Яма без місця"):
            assert title not in page, (path, title)


@pytest.mark.parametrize("street", ["вул. Садова", "вул. М. Коцюбинського", "1 Травня"])
def test_the_feed_and_the_list_of_a_street_have_what_its_follower_is_written_to_about(
    community, neighbour, read, street
):
    """Its name may stand in the words of a report, or in another street's name."""
    area = watch_street(community, street, title="Вулиця", rhythm=Rhythm.DAILY, by=neighbour, now=MARCH_2)
    here = {"Яма тут": f"{street}, 7", "Яма в дворі": f"м. Житомир, {street} 9, кв. 2"}
    elsewhere = {"Яма поруч": "вул. Київська, 1", "Яма далі": f"{street} Нижня, 3", "Яма без адреси": ""}
    reports = {
        title: ReportFactory(community=community, title=title, address=address, text=f"Це там, де {street}, ріг.")
        for title, address in {**here, **elsewhere}.items()
    }
    for report in reports.values():
        index_report(report.pk)
    assert {title for title, report in reports.items() if areas_over(report) == [area.pk]} == here.keys()
    followed = areas_named(community, [topic_of(area.pk)])[topic_of(area.pk)]
    asked = dict(parse_qsl(followed.path.partition("?")[2]))
    for path, filters in (("feed.atom", asked), ("", asked), ("feed.atom", {"street": street})):
        page = read(path, **filters)
        assert {title for title in reports if title in page} == here.keys(), (path, filters)


def test_a_merged_report_of_a_street_is_shown_there_by_the_one_that_is_worked_on(community, read):
    lead = ReportFactory(community=community, title="Яма на розі", address="вул. Київська, 1")
    merged = ReportFactory(community=community, title="Яма ще раз", address="вул. Садова, 1", follows=lead)
    for report in (lead, merged):
        index_report(report.pk)
    page = read("feed.atom", street="Садова")
    assert "Яма на розі" in page
    assert "Яма ще раз" not in page


@pytest.mark.parametrize(
    "text",
    ["", "1,2", "50,28,0", "50,28,5001", "50,28,999999999999", "x,y,z", "91,28,500", "50,28,500,1", "nan,28,500"],
)
def test_what_is_no_circle_narrows_nothing(report, read, text):
    assert report.title in read("feed.atom", around=text)
