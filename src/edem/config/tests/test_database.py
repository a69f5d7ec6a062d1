"""The address of the database, with one server and with several."""

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from edem.config.database import django_database


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql://edem:s%40crct@db.example:5433/edem", "db.example", "5433"),
        ("postgresql:///edem", "", ""),
        ("postgresql:///edem?host=/run/postgresql", "/run/postgresql", ""),
        ("postgresql://edem@[::1]:5432/edem", "::1", "5432"),
        ("postgresql://edem@[::1]/edem", "::1", ""),
        ("postgresql://edem:secret@one:5432,two:5433/edem", "one,two", "5432,5433"),
        ("postgresql://edem:secret@one,two/edem", "one,two", ""),
    ],
)
def test_servers_are_read_as_libpq_takes_them(url, host, port):
    read = django_database(url)
    assert (read["NAME"], read["HOST"], read["PORT"]) == ("edem", host, port)


def test_of_several_servers_the_one_that_takes_writes_is_used():
    assert django_database("postgresql://one,two/edem")["OPTIONS"]["target_session_attrs"] == "read-write"
    assert "target_session_attrs" not in django_database("postgresql://one/edem")["OPTIONS"]


def test_a_silent_server_is_given_up_in_seconds_unless_the_operator_says_otherwise():
    assert django_database("postgresql://one/edem")["OPTIONS"]["connect_timeout"] == "5"
    assert django_database("postgresql://one/edem?connect_timeout=9")["OPTIONS"]["connect_timeout"] == "9"


def test_another_kind_of_database_is_refused():
    with pytest.raises(ValueError, match="postgresql://"):
        django_database("mysql://localhost/edem")


def test_libpq_understands_the_parameters(db):
    options = django_database("postgresql://one:5432,two:5433/edem")["OPTIONS"]
    assert psycopg.conninfo.conninfo_to_dict(psycopg.conninfo.make_conninfo("", **options)) == options


def test_a_commit_that_only_this_server_has_is_an_error(transactional_db):
    """The warning that comes with such a commit, as the server marks it; the real one is in the tests of faults."""
    connection.ensure_connection()
    with pytest.raises(OperationalError, match="alone"), transaction.atomic():
        connection._doubt.is_cast = True
    with transaction.atomic():
        pass
