"""Open data: what spreadsheets and programs read back is what the community has."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.http import StreamingHttpResponse
from openpyxl import load_workbook

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.portals.site.open_data import csv_line
from edem.services.petitions.actions.importing import read_rows
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.rules.annex34 import PETITION_COLUMNS, VOTING_COLUMNS
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, new_signature

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TITLE = 'Освітити «стежку», школа № 7; "так"\nі дорогу'


@pytest.fixture
def community(db):
    community = CommunityFactory(slug="zhytomyr")
    charter_of_community(community)
    return community


@pytest.fixture
def petition(community, now):
    facts = {"published_at": now - DAY, "closes_at": now + 30 * DAY, "title": TITLE, "number": 7}
    return PetitionFactory(community=community, collecting=True, **facts)


@pytest.fixture
def take(client):
    def take(name, *, status=200):
        answer = client.get(f"/zhytomyr/open-data/{name}")
        assert answer.status_code == status
        return answer

    return take


def content(answer) -> bytes:
    return answer.getvalue()


def rows_of_csv(answer) -> list[dict[str, str]]:
    text = content(answer).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_the_page_offers_every_set_in_every_format(petition, client):
    page = client.get("/zhytomyr/open-data/").content.decode()
    for name in ("petitions", "votings"):
        for extension in ("csv", "json", "xlsx"):
            assert f"/zhytomyr/open-data/{name}.{extension}" in page
            assert client.get(f"/zhytomyr/open-data/{name}.{extension}").status_code == 200
    assert "Постанова КМУ № 835" in page


def test_csv_is_read_back_as_it_was_and_by_spreadsheets_in_ukrainian(petition, take):
    answer = take("petitions.csv")
    assert content(answer).startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="zhytomyr-petitions.csv"'
    [row] = rows_of_csv(take("petitions.csv"))
    assert tuple(row) == PETITION_COLUMNS
    assert (row["uid"], row["title"], row["status"]) == ("zhytomyr-7", TITLE, "Триває збір підписів")


def test_json_and_xlsx_tell_the_same_as_csv(petition, take):
    [told] = json.loads(content(take("petitions.json")))
    assert tuple(told) == PETITION_COLUMNS
    sheet = load_workbook(BytesIO(content(take("petitions.xlsx")))).active
    header, row = sheet.iter_rows(values_only=True)
    assert header == PETITION_COLUMNS
    [from_csv] = rows_of_csv(take("petitions.csv"))
    assert {name: str(value) for name, value in told.items()} == from_csv
    assert {name: str(value or "") for name, value in zip(header, row, strict=True)} == from_csv | {"count": ""}
    assert told["count"] == 0


def test_the_signers_are_told_with_the_day(petition, take, now):
    add_signatures([new_signature(petition, who="Ольга", arrived_at=now - timedelta(hours=30))])
    [row] = rows_of_csv(take("votings.csv"))
    assert tuple(row) == VOTING_COLUMNS
    assert (row["voterName"], row["motionUid"]) == ("Ольга", "zhytomyr-7")


FORMULAS = ['=HYPERLINK("http://evil")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_becomes_a_formula(community, petition, take, formula):
    petition.title, petition.author_name = formula, formula
    petition.save()
    [row] = rows_of_csv(take("petitions.csv"))
    assert row["title"].startswith("'")
    assert row["creator"].startswith("'")
    assert json.loads(content(take("petitions.json")))[0]["title"] == formula
    cells = next(load_workbook(BytesIO(content(take("petitions.xlsx")))).active.iter_rows(min_row=2))
    assert "f" not in {cell.data_type for cell in cells}
    [read], faults = read_rows(content(take("petitions.csv")))
    assert faults == []
    assert read.title == (formula if formula.isprintable() else "' =1")  # no title of ours begins with a blank


def test_a_cell_with_quotes_and_lines_stays_one_cell():
    assert next(csv.reader(StringIO(csv_line([TITLE, 5, ""]), newline=""))) == [TITLE, "5", ""]


def test_what_is_hidden_or_not_public_is_not_given(community, petition, take):
    facts = {"community": community, "collecting": True, "title": "Прихована", "essence": "Прихована"}
    PetitionFactory(state=State.REJECTED, ground=Ground.AGAINST_ORDER, **facts)
    for state in (State.DRAFT, State.MODERATION, State.RETURNED):
        PetitionFactory(state=state, **facts)
    PetitionFactory(state=State.WITHDRAWN, **(facts | {"published_at": None, "closes_at": None}))
    PetitionFactory(collecting=True, title="Прихована")
    rows = rows_of_csv(take("petitions.csv"))
    assert sorted(row["title"] for row in rows) == sorted([TITLE, "Текст не оприлюднено"])
    for extension in ("csv", "json", "xlsx"):
        assert "Прихована".encode() not in content(take(f"petitions.{extension}"))


def test_rows_are_streamed_and_few_queries_bring_them(community, now, client, assert_queries):
    for number in range(30):
        PetitionFactory(community=community, collecting=True, title=f"Справа {number}")
    client.get("/zhytomyr/open-data/petitions.csv").getvalue()
    with assert_queries(2):
        answer = client.get("/zhytomyr/open-data/petitions.csv")
        assert isinstance(answer, StreamingHttpResponse)
        assert len(rows_of_csv(answer)) == 30


@pytest.mark.parametrize("name", ["petitions.exe", "petitions.CSV", "nothing.csv"])
def test_a_set_that_we_do_not_have_is_missing(community, take, name):
    take(name, status=404)


def test_a_community_without_the_service_gives_none_of_its_data(take):
    CommunityFactory(slug="zhytomyr", services=[])
    take("petitions.csv", status=404)
