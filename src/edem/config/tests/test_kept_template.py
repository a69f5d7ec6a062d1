"""The kept database that tests are copied from: another migration makes another one, and never from a stranger's."""

import pytest
from django.db import connection

from edem.config.testing import database
from edem.config.testing.database import kept_template, mark_of, migrations


def test_a_migration_is_known_by_its_place_and_its_words(tmp_path):
    first, second = tmp_path / "petitions" / "0001.py", tmp_path / "reports" / "0001.py"
    for file in (first, second):
        file.parent.mkdir()
        file.write_text("operations = []")
    before = mark_of(first)
    assert before != mark_of(second)
    first.write_text("operations = [1]")
    assert mark_of(first) != before


def test_what_migrations_import_counts_as_well():
    files = {"/".join(file.parts[-3:]) for file in migrations()}
    assert {"reports/migrations/0001_initial.py", "reports/rules/lifecycle.py"} <= files


@pytest.mark.django_db
def test_the_second_time_nothing_is_made(monkeypatch):
    name = kept_template()
    # Making it is slow: it is enough to see that nobody begins.
    monkeypatch.setattr(database, "_make", lambda *_args, **_words: pytest.fail("made anew"))
    assert kept_template() == name


@pytest.mark.django_db
def test_the_tests_own_database_has_every_migration():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'reports'")
        applied = cursor.fetchone()[0]
    assert applied == len([file for file in migrations() if file.match("reports/migrations/0*.py")])
