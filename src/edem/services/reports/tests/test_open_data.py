"""Open data about reports: what everybody may know, day by day too, and nothing of people."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held

pytestmark = pytest.mark.django_db
PLACE = "/zhytomyr/open-data/"


@pytest.fixture
def get(client, community):
    def get(name, *, status=200):
        answer = client.get(PLACE + name)
        assert answer.status_code == status
        return answer.getvalue().decode("utf-8-sig") if answer.streaming else answer.content.decode("utf-8", "ignore")

    return get


def rows_in(text):
    return list(csv.DictReader(StringIO(text)))


def test_reports_are_given_in_every_form_without_their_people(get, community, roads):
    author = PersonFactory(display_name="Ткачук Ольга")
    report = ReportFactory(community=community, placed=True, author=author, author_name="Ткачук Ольга", title="=Яма")
    held(report, organisation=roads)
    ReportFactory(community=community, checking=True, title="Ще не видно")
    ReportFactory(community=community, state="rejected", title="Вилучене")
    ReportFactory(title="Чуже")

    texts = {extension: get(f"reports.{extension}") for extension in ("csv", "json", "geojson", "xlsx")}
    chain = get("report-holders.csv")
    for text in (*texts.values(), chain):
        for secret in ("Ткачук", str(author.pk), "Ще не видно", "Вилучене", "Чуже"):
            assert secret not in text
    [row] = rows_in(texts["csv"])
    assert (row["title"], row["state"], row["organisation"]) == ("'=Яма", "Відкрита", "КП «Дороги громади»")
    assert row["url"].endswith(f"/zhytomyr/reports/{report.pk}/")
    assert [each["organisation"] for each in rows_in(chain)] == ["КП «Дороги громади»"]

    [feature] = json.loads(texts["geojson"])["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [28.6587, 50.2547]}
    assert "lat" not in feature["properties"]


def test_a_report_without_a_place_is_a_feature_without_geometry(get, community):
    ReportFactory(community=community)
    [feature] = json.loads(get("reports.geojson"))["features"]
    assert feature["geometry"] is None


def test_one_day_has_what_came_into_the_open_on_it_in_kyiv(get, community):
    midnight = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    late = ReportFactory(community=community, published_at=midnight - timedelta(minutes=1), title="Пізно ввечері")
    ReportFactory(community=community, published_at=midnight, title="Уже завтра")
    assert [row["title"] for row in rows_in(get("reports/2026-03-02.csv"))] == [late.title]
    assert [row["title"] for row in rows_in(get("reports/2026-03-03.csv"))] == ["Уже завтра"]
    assert len(json.loads(get("reports/2026-03-02.geojson"))["features"]) == 1


@pytest.mark.parametrize(
    "name",
    ["reports/2026-02-30.csv", "reports/2999-01-01.csv", "reports/0001-01-01.csv", "reports/x.csv", "reports.exe",
     "report-holders/2026-03-02.csv", "report-holders.geojson", "petitions.geojson"],
)  # fmt: skip
def test_what_is_not_given_does_not_exist(get, name):
    get(name, status=404)


def test_the_page_names_the_sets_and_the_days(get, community):
    page = get("")
    assert "Повідомлення про проблеми" in page
    assert "GEOJSON" in page
    assert f"/zhytomyr/open-data/reports/{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}.csv" in page


def test_how_many_questions_a_file_needs_does_not_grow_with_it(get, community, assert_queries):
    for _ in range(4):
        ReportFactory(community=community, published_at=MARCH_2)
    get("reports.csv")
    with assert_queries(3):
        get("reports.csv")
