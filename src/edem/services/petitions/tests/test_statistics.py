"""Statistics: the database's figures are the same as those that a naive count in Python gives."""

import csv
import json
import random
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from edem.foundation.identity.claims import Method
from edem.services.petitions.actions.summing import keep_sums
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.statistics import are_kept, first_year, statistics_of
from edem.services.petitions.rules.channels import WAYS
from edem.services.petitions.rules.statistics import LABELS, Figures, Period
from edem.services.petitions.tests.factories import PetitionFactory
from edem.services.petitions.tests.figures import NOW, as_counted_one_by_one, make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
def test_the_database_counts_as_a_person_would(community, seed):
    rng = random.Random(seed)
    for _ in range(40):
        make(rng, community)
        make(rng, PetitionFactory().community) if rng.random() < 0.1 else None
    assert 0 < as_counted_one_by_one(community) < Petition.objects.filter(community=community).count()
    keep_sums(now=NOW)
    assert are_kept(community)
    assert as_counted_one_by_one(community) > 0


def test_the_new_year_begins_in_kyiv(community):
    midnight = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
    PetitionFactory(community=community, waiting=True, submitted_at=midnight)
    PetitionFactory(community=community, waiting=True, submitted_at=midnight - timedelta(microseconds=1))
    found = statistics_of(community, Period(first=2026, last=2026), now=NOW)
    assert (found.whole.started, [name for name, _ in found.by_year]) == (1, ["2026"])
    assert first_year(community) == 2025


def test_where_there_is_nothing_every_figure_is_nought(community):
    assert statistics_of(community, Period(first=2024, last=2026), now=NOW).whole == Figures.nothing()


def test_every_figure_has_its_words():
    assert list(LABELS) == list(Figures.nothing().as_row())


def test_the_page_tells_the_figures_and_the_files_tell_the_same(community, read, client, now):
    rng = random.Random(7)
    for _ in range(30):
        make(rng, community)
    page = read("statistics/", first="2024", last="2025")
    assert "Статистика петицій" in page
    assert page.count("<figure") > 2
    told = client.get("/zhytomyr/petitions/statistics.json?first=2024&last=2025").json()
    lines = list(csv.DictReader(StringIO(client.get(
        "/zhytomyr/petitions/statistics.csv?first=2024&last=2025").content.decode("utf-8-sig"))))  # fmt: skip
    whole = statistics_of(community, Period(first=2024, last=2025), now=now).whole
    assert told["lines"][0]["started"] == int(lines[0]["started"]) == whole.started > 0
    assert len(told["lines"]) == len(lines)
    assert f"<b data-number>{whole.started}</b>" in page


@pytest.mark.parametrize("query", [{"first": "2025", "last": "2024"}, {"first": "давно"}, {"last": "99999999"}, {}])
def test_any_period_is_answered(community, read, query):
    PetitionFactory(community=community, collecting=True, submitted_at=datetime(2024, 5, 5, tzinfo=UTC))
    assert "Статистика петицій" in read("statistics/", **query)


def test_a_body_named_like_a_formula_is_text_in_the_file(community, client):
    PetitionFactory(community=community, collecting=True, responsible_body="=1+1", submitted_at=NOW)
    content = client.get("/zhytomyr/petitions/statistics.csv").content.decode()
    assert "\n=1+1" not in content
    assert ",'=1+1," in content


def test_the_figures_are_open_data_too(community, client):
    PetitionFactory(community=community, collecting=True, submitted_at=NOW)
    rows = json.loads(b"".join(client.get("/zhytomyr/open-data/petition-statistics.json").streaming_content))
    assert (rows[0]["slice"], rows[0]["started"]) == ("all", 1)
    assert "Статистика петицій" in client.get("/zhytomyr/open-data/").content.decode()


def test_the_page_asks_as_often_for_many_petitions_as_for_few(
    community, collecting, queries_of, assert_queries, client
):
    address = "/zhytomyr/petitions/statistics/"
    collecting()
    few = queries_of(address)
    for _ in range(12):
        make(random.Random(_), community)
    with assert_queries(few):
        client.get(address)


def test_the_list_leads_to_the_statistics(community, read):
    assert 'href="/zhytomyr/petitions/statistics/"' in read()


def test_every_way_of_identification_has_words_for_the_count():
    assert set(Method) <= set(WAYS)
