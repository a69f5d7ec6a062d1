"""Petitions of other platforms: annex 34 as it should be, as portals publish it, and as nobody should."""

import contextlib
import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from edem.config.testing.needs import needs_data
from edem.kernel.errors import Invalid, Refused
from edem.services.petitions.actions.importing import import_petitions, read_rows
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.open_data import petition_rows
from edem.services.petitions.rules.annex34 import PETITION_COLUMNS
from edem.services.petitions.rules.annex34_rows import read_row
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory

REAL = Path(__file__).parents[6] / "shared" / "data" / "petitions"
needs_real_data = needs_data(REAL)

ROW = {
    "uid": "2024-09-04-1",
    "kind": "ЖКГ",
    "title": "Про ремонт даху",
    "url": "https://example.gov.ua/1",
    "text": "Перший рядок.\n\nДругий, з комою; і крапкою з комою.",
    "authorityName": "Вишневогірська міська рада",
    "authorityId": "04053625",
    "authorityCattutc": "UA00000000000000000",
    "startDate": "2025-09-04",
    "count": "25 000",
    "creator": "Коваленко Сергій Олександрович",
    "status": "З відповіддю",
    "answerDate": "2025-12-01",
    "answerUrl": "https://example.gov.ua/1/answer",
    "answerText": "Підтримано.",
}


def table(*rows, columns=PETITION_COLUMNS, delimiter=",", encoding="utf-8"):
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(name, "") for name in PETITION_COLUMNS])
    return out.getvalue().encode(encoding)


@pytest.fixture
def community(db):
    return PetitionFactory().community


def test_a_row_comes_in_with_its_count_carried_over(community):
    told = import_petitions(community, table(ROW), now=MARCH_1)
    petition = Petition.objects.get(source_uid="2024-09-04-1")
    assert (told.added, told.faults) == (1, [])
    assert petition.imported_count == 25_000
    assert petition.signature_count == 0
    assert petition.state == State.ANSWERED
    assert petition.essence.count("\n\n") == 1


def test_a_second_import_changes_nothing(community):
    import_petitions(community, table(ROW), now=MARCH_1)
    before = list(Petition.objects.order_by("pk").values())
    told = import_petitions(community, table(ROW), now=MARCH_1)
    assert (told.added, told.changed) == (0, 1)
    assert list(Petition.objects.order_by("pk").values()) == before


def test_what_we_export_comes_back_the_same(community):
    import_petitions(
        community, table(ROW, ROW | {"uid": "2", "status": "Триває збір підписів", "answerDate": ""}), now=MARCH_1
    )
    exported = [row for row in petition_rows(community, MARCH_1) if row["uid"] in {"2024-09-04-1", "2"}]
    told = import_petitions(community, table(*exported), now=MARCH_1)
    assert (told.added, told.changed, told.faults) == (0, 2, [])
    assert [row for row in petition_rows(community, MARCH_1) if row["uid"] in {"2024-09-04-1", "2"}] == exported


def test_our_own_rows_are_left_as_they_are(community):
    PetitionFactory(community=community, collecting=True, number=7)
    exported = list(petition_rows(community, MARCH_1))
    told = import_petitions(community, table(*exported), now=MARCH_1)
    assert (told.own, told.added, told.changed) == (1, 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_usual_encodings_and_delimiters_are_read(encoding, delimiter):
    rows, faults = read_rows(table(ROW, encoding=encoding, delimiter=delimiter))
    assert [row.title for row in rows] == ["Про ремонт даху"]
    assert faults == []


def test_misspelt_and_reordered_columns_are_known():
    columns = ["UID", "Kind", "Tittle", "URL", "text", "autorityName", "authority_id", "authorityCatottg", "start date",
               "Counts", "creater", "Статус", "answer_date", "answerURL", "answertext"]  # fmt: skip
    rows, faults = read_rows(table(ROW, columns=columns))
    assert faults == []
    assert (rows[0].title, rows[0].count, rows[0].state) == ("Про ремонт даху", 25_000, State.ANSWERED)


def test_a_broken_row_is_named_and_the_rest_come_in():
    rows, faults = read_rows(
        table(ROW, ROW | {"uid": "2", "startDate": "торік"}, ROW | {"uid": "3", "count": "багато"}, ROW | {"uid": "4"})
    )
    assert [row.uid for row in rows] == ["2024-09-04-1", "4"]
    assert [fault.refusal.code for fault in faults] == ["petition.row_bad_date", "petition.row_bad_count"]


def test_a_spreadsheet_comes_in():
    book = Workbook()
    book.active.append(list(PETITION_COLUMNS))
    book.active.append([ROW[name] for name in PETITION_COLUMNS])
    file = BytesIO()
    book.save(file)
    rows, _ = read_rows(file.getvalue())
    assert rows[0].uid == "2024-09-04-1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"\x00\x01\x02\xff" * 50,
        b"PK\x03\x04broken",
        "день,ніч\n1,2\n".encode(),
        b"\xff\xfe",
        b'"title,uid\n',
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content):
    with pytest.raises(Invalid):
        read_rows(content)


cells = st.one_of(st.none(), st.text(max_size=50), st.integers(), st.dates(), st.datetimes())


@given(st.dictionaries(st.sampled_from(PETITION_COLUMNS), cells))
def test_any_row_is_read_or_refused_and_nothing_else(row):
    try:
        read = read_row(row)
    except Refused:
        return
    assert read.title
    assert read.count >= 0


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(content):
    with contextlib.suppress(Refused):
        read_rows(content)


@needs_real_data
@pytest.mark.real_data
def test_the_real_petitions_of_the_uk_parliament_come_in(community):
    told = import_petitions(community, (REAL / "uk_parliament_273.csv").read_bytes(), now=MARCH_1)
    assert (told.added, told.faults) == (273, [])
    carried = Petition.objects.filter(source_uid__isnull=False).order_by("pk").values_list("imported_count", flat=True)
    assert 6_000_000 < sum(carried) < 6_200_000


@needs_real_data
@pytest.mark.real_data
def test_the_example_of_the_act_comes_in(community):
    told = import_petitions(community, (REAL / "petitions_example.xlsx").read_bytes(), now=MARCH_1)
    assert (told.added, told.faults) == (3, [])
