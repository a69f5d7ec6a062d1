"""A report knows its settlement: whoever follows one is written to, its feed and open data tell of it."""

from datetime import timedelta

import pytest

from edem.foundation.notices.models import Notice
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.foundation.people.tests.factories import PersonFactory
from edem.foundation.places.models import Unit
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.actions.sending import send_report
from edem.services.reports.actions.telling import tell_everybody
from edem.services.reports.models import ReportDraft
from edem.services.reports.queries.watched import asked_of
from edem.services.reports.rules.settlements import settlement_named
from edem.services.reports.tests.factories import HERE, MARCH_2, ReportFactory, a_draft

KNOWN = [("UA1", "Зарічани"), ("UA2", "Житомир"), ("UA3", "Нова Вигода"), ("UA4", "Нова Вигода")]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("с. Зарічани, вул. Садова, 7", "UA1"),
        ("вул. Садова, 7, Зарічани", "UA1"),
        ("м.Житомир", "UA2"),
        ("МІСТО ЖИТОМИР, просп. Миру", "UA2"),
        ("вул. Житомирська, 5", ""),
        ("Нова Вигода", ""),
        ("Зарічани, Житомир", ""),
        ("", ""),
    ],
)
def test_an_address_names_its_settlement_or_none(address, code):
    assert settlement_named(address, KNOWN) == code


def unit(community, code, name):
    return Unit.objects.create(
        code=code, name=name, name_key=name, folded=name, category="C", community_code=community.katottg
    )


@pytest.fixture
def villages(community):
    return [unit(community, f"UA1804019001003{n:04}", name) for n, name in enumerate(["Зарічани", "Вереси"])]


def sent(community, **facts):
    return send_report(a_draft(**facts), community=community, by=PersonFactory(), now=MARCH_2)


@pytest.mark.django_db
def test_it_is_what_the_writer_chose_or_the_address_names(community, roads, villages):
    one, other = villages
    assert sent(community, settlement_code=one.code, address="Вереси").settlement_code == one.code
    assert sent(community, address="с. Вереси, вул. Садова").settlement_code == other.code
    assert sent(community, settlement_code="UA00000000000000000").settlement_code == ""
    assert sent(community, address="вул. Садова").settlement_code == ""


@pytest.mark.django_db
def test_where_there_is_only_one_it_is_that_one(community, roads):
    only = unit(community, "UA18040190010037000", "Зарічани")
    assert sent(community, address="").settlement_code == only.code


@pytest.mark.django_db
def test_whoever_follows_a_settlement_hears_of_what_is_in_it_alone(community, roads, villages):
    person, one = PersonFactory(), villages[0]
    subject = Subject(Kind.SETTLEMENT, "", one.code)
    follow(person.pk, subject, community=community, rhythm=Rhythm.IMMEDIATE, source="page", now=MARCH_2 - timedelta(1))
    reports = [sent(community, settlement_code=village.code) for village in villages]
    for report in reports:
        for _ in range(2):
            tell_everybody(report.pk, "published", now=MARCH_2, occasion="1")
    [told] = Notice.objects.filter(person_id=person.pk).order_by("pk")
    assert told.path == f"/reports/{reports[0].pk}/"


@pytest.mark.django_db
def test_a_settlement_and_a_circle_have_feeds_of_their_own(community, roads, villages, client, circle):
    one, other = villages
    ReportFactory(community=community, title="Яма ближня", settlement_code=one.code, placed=True)
    away = Point(HERE.lat + 0.5, HERE.lon)
    far = {"lat": away.lat, "lon": away.lon, "cell": cell_of(away)}
    ReportFactory(community=community, title="Яма далека", settlement_code=other.code, **far)
    for asked in (f"settlement={one.code}", asked_of(circle())):
        answer = client.get(f"/zhytomyr/reports/feed.atom?{asked}")
        words = answer.content.decode()
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert ("Яма ближня" in words, "Яма далека" in words) == (True, False), asked
    page = client.get(f"/zhytomyr/reports/?settlement={one.code}").content.decode()
    assert "Зарічани" in page
    assert "Яма далека" not in page


@pytest.mark.django_db
def test_the_writer_chooses_it_on_the_page_of_the_place(community, roads, villages, client, send, read):
    client.sign_in(PersonFactory())
    send("start/", {"draft": "22222222-2222-4222-8222-222222222222"})
    draft = ReportDraft.objects.get()
    assert "Населений пункт" in read(f"start/{draft.pk}/place/")
    send(f"start/{draft.pk}/place/", {"address": "вул. Садова", "settlement": villages[1].code})
    draft.refresh_from_db()
    assert draft.typed["settlement_code"] == villages[1].code


@pytest.mark.django_db
def test_the_page_of_watching_offers_letters_and_a_feed_of_each(community, villages, client, read):
    client.sign_in(PersonFactory())
    page = read("watch/")
    for village in villages:
        assert f"feed.atom?settlement={village.code}" in page
        assert village.name in page
