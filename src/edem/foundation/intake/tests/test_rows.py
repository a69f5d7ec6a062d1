"""The array literals and the table they make, against PostgreSQL itself."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edem.foundation.intake.rows import Column, array_literal, arrays_of, insert_new, unnested

pytestmark = pytest.mark.django_db

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))


def read_back(kind: str, values: list[object]) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM unnest(%s::{kind}[])", [array_literal(values, kind=kind)])  # noqa: S608
        return [bytes(value) if isinstance(value, memoryview) else value for (value,) in cursor.fetchall()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.none() | texts),
    st.lists(st.none() | st.binary(max_size=40)),
    st.lists(st.none() | st.integers(-(2**63), 2**63 - 1)),
    st.lists(st.none() | st.uuids()),
    st.lists(st.none() | moments),
)
def test_what_is_written_is_what_is_read(words, blobs, numbers, identifiers, times):
    assert read_back("text", words) == words
    assert read_back("bytea", blobs) == blobs
    assert read_back("bigint", numbers) == numbers
    assert read_back("uuid", identifiers) == identifiers
    assert read_back("timestamptz", times) == times


def test_rows_come_out_as_a_table_that_keeps_their_order():
    columns, one, two = (Column("subject", "bigint"), Column("person", "uuid")), uuid4(), uuid4()
    table = unnested(columns, name="wished", place="place")
    for rows in ([(2, one), (1, two), (2, None)], []):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT place, subject, person FROM {table} ORDER BY place", arrays_of(columns, rows))  # noqa: S608
            assert cursor.fetchall() == [(place, *row) for place, row in enumerate(rows, start=1)]


def test_only_what_is_new_is_inserted_even_within_one_batch():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE thing (subject bigint, person uuid, PRIMARY KEY (subject, person))")
    columns, person = (Column("subject", "bigint"), Column("person", "uuid")), uuid4()
    assert insert_new("thing", columns, [(1, person), (1, person), (2, person)], key=("subject", "person")) == {
        (1, person),
        (2, person),
    }
    assert insert_new("thing", columns, [(2, person), (3, person)], key=("subject", "person")) == {(3, person)}
    assert insert_new("thing", columns, [], key=("subject", "person")) == set()
