from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.places.tables import LONGEST_LINE, Table, content_of, read_table
from edem.kernel.errors import Invalid

COLUMNS = {"code": "Код", "name": "Назва обʼєкта"}
TEXT = "Код;Назва об’єкта\r\nUA01;Київ\r\n\r\nUA02;Львів\r\n"


def read(content: bytes) -> Table:
    return read_table(content, columns=COLUMNS)


def names(table: Table) -> list[str]:
    return [row.cells["name"] for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(encoding):
    table = read(TEXT.replace("’", "'").encode(encoding))
    assert names(table) == ["Київ", "Львів"]
    assert table.faults == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_delimiter_is_read(delimiter):
    assert names(read(TEXT.replace(";", delimiter).encode())) == ["Київ", "Львів"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(ending):
    assert names(read(TEXT.replace("\r\n", ending).encode())) == ["Київ", "Львів"]


def test_columns_may_stand_in_another_order_with_others_beside_them():
    table = read("№;Назва обʼєкта;Код\n1;«Київ»;UA01\n".encode())
    assert table.rows[0].cells == {"code": "UA01", "name": "«Київ»"}


def test_rows_keep_their_line_numbers():
    assert [row.line for row in read(TEXT.encode()).rows] == [2, 4]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("UA03", "table.line_cells"),
        ("UA03;Одеса;зайве", "table.line_cells"),
        ('UA03;"Одеса', "table.line_quotes"),
        ("UA03;Оде\x00са", "table.line_unreadable"),
        ("UA03;" + "о" * LONGEST_LINE, "table.line_too_long"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_is_read(line, code):
    table = read(f"{TEXT}{line}\nUA04;Суми\n".encode())
    assert [(fault.line, fault.refusal.code) for fault in table.faults] == [(5, code)]
    assert names(table) == ["Київ", "Львів", "Суми"]


def test_a_line_in_another_encoding_is_named():
    table = read(TEXT.encode() + "UA03;Одеса\n".encode("cp1251") + "UA04;Суми\n".encode())
    assert [fault.line for fault in table.faults] == [5]
    assert names(table) == ["Київ", "Львів", "Суми"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table.empty"),
        (b" \r\n\t\n", "table.empty"),
        (b"\x00" * 5000, "table.binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "table.binary"),
        (b"PK\x03\x04\x14\x00\x06\x00", "table.spreadsheet"),
        ("Місто;Людей\nКиїв;3000000\n".encode(), "table.wrong_header"),
        (b"x" * 300_000, "table.wrong_header"),
        ("Код;Назва обʼєкта".encode("utf-7"), "table.wrong_header"),
    ],
)
def test_what_is_no_such_table_is_refused_with_the_reason(content, code):
    with pytest.raises(Invalid, match=code):
        read(content)


@given(st.binary(max_size=400))
def test_no_bytes_under_a_right_heading_crash_the_reader(content):
    table = read(TEXT.encode() + content)
    assert names(table)[0] == "Київ"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_refusal(content):
    with suppress(Invalid):
        read(content)


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(Invalid, match=r"table\.no_file"):
        content_of(tmp_path / "none.csv")
