"""Our open data by the structures of KMU resolution 835, annex 34, and in outside programs."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from edem.config.env import ROOT
from edem.config.testing.needs import needs_data

STRUCTURES = ROOT.parent / "shared/data/decree835"
DATASETS = ("petitions", "votings")

pytestmark = pytest.mark.django_db


def read(client, community, name: str) -> bytes:
    answer = client.get(f"/{community.slug}/open-data/{name}")
    return answer.getvalue()


def rows_of(client, community, code: str) -> list[dict[str, str]]:
    text = read(client, community, f"{code}.csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


ONCE_ANSWERED = {"answerDate", "answerUrl"}
"""The structure requires them of every petition; of one that has no answer yet nobody can give them."""


def is_broken(column: dict[str, object], row: dict[str, str]) -> bool:
    """Whether the row's value breaks what the structure says of its column."""
    value = row[str(column["name"])]
    if not value:
        return bool(column["required"]) and (column["name"] not in ONCE_ANSWERED or bool(row["answerText"]))
    match column["datatype"]:
        case "integer" | "number" | "decimal":
            return not value.isdigit()
        case "anyURL":
            return not value.startswith(("http://", "https://"))
        case "date":
            return date.fromisoformat(value).isoformat() != value
        case _:
            return False


@pytest.mark.real_data
@needs_data(STRUCTURES)
@pytest.mark.parametrize("code", DATASETS)
def test_every_row_keeps_the_structure_of_annex_34(client, community, code):
    structure = json.loads(Path(STRUCTURES / f"{code}_schema.json").read_text(encoding="utf-8-sig"))
    columns = structure["tableSchema"]["columns"]
    rows = rows_of(client, community, code)

    assert rows
    assert list(rows[0]) == [column["name"] for column in columns]
    broken = [(column["name"], row) for row in rows for column in columns if is_broken(column, row)]
    assert not broken, broken[:3]


@pytest.mark.parametrize("code", DATASETS)
def test_a_spreadsheet_opens_the_same_rows_and_no_formulas(client, community, code):
    sheet = load_workbook(BytesIO(read(client, community, f"{code}.xlsx"))).active
    header, *lines = sheet.iter_rows()

    told = [["" if cell.value is None else str(cell.value) for cell in line] for line in lines]
    expected = [[value.removeprefix("'") for value in row.values()] for row in rows_of(client, community, code)]
    assert [cell.value for cell in header] == list(rows_of(client, community, code)[0])
    assert told == expected
    assert not [cell for line in lines for cell in line if cell.data_type == "f"]


@pytest.mark.parametrize("code", DATASETS)
def test_json_tells_the_same_as_csv(client, community, code):
    told = json.loads(read(client, community, f"{code}.json"))
    expected = rows_of(client, community, code)
    assert [{name: str(value) for name, value in row.items()} for row in told] == [
        {name: value.removeprefix("'") for name, value in row.items()} for row in expected
    ]
