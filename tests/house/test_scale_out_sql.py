"""The guide's SQL against the real schema: PostgreSQL reads each statement, and Citus' known refusals stand in its place.

There is no Citus here: `citus_rules.sql` has its functions by name, each with the checks that Citus makes of a table.
"""

import re

import psycopg
import pytest
import sqlparse
from django.db import DatabaseError, connection, transaction

from tests.house.source import ROOT, nothing
from tests.house.test_scale_out import GUIDE
from tests.house.test_tables import mass_tables

pytestmark = pytest.mark.django_db
RULES = ROOT / "tests/house/citus_rules.sql"
BLOCK = re.compile(r"```sql\n(.*?)```", re.DOTALL)


@pytest.fixture
def citus():
    """A cursor of a database where Citus' functions are known by name; all of it goes with the test."""
    with connection.cursor() as cursor:
        cursor.execute(RULES.read_text(encoding="utf-8"))
        yield cursor


def statements():
    blocks = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    return [sqlparse.format(each, strip_comments=True) for block in blocks for each in sqlparse.split(block)]


def run(cursor, wanted):
    for each in wanted:
        cursor.execute(each)


def known(cursor):
    cursor.execute("SELECT table_name::text, distribution_column FROM citus_tables ORDER BY 1")
    return dict(cursor.fetchall())


def test_every_statement_of_the_guide_runs_in_its_order(citus):
    assert len(statements()) > len(mass_tables())
    run(citus, statements())
    great = {model._meta.db_table: "community_id" for model in mass_tables()}
    assert known(citus) == great | {"communities_community": None}
    citus.execute("SELECT count(DISTINCT home), count(*) FROM citus_known WHERE kind = 'distributed'")
    assert citus.fetchone() == (1, len(great)), "what belongs to one community must lie on one server"


@pytest.mark.parametrize(("how", "sentence"), [
    ("'reports_voice'", "because table reports_voice has a foreign key"),
    ("'reports_voice', cascade_via_foreign_keys => true", "table with identity column"),
])  # fmt: skip
def test_citus_own_way_back_is_shut_as_the_guide_says(citus, how, sentence):
    run(citus, statements())
    with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
        citus.execute(f"SELECT undistribute_table({how})")


BROKEN = {
    "a key without the community": (
        "ALTER TABLE reports_voice DROP CONSTRAINT reports_voice_pkey, ADD PRIMARY KEY (report_id, person_id)",
        "leaves out community_id",
    ),
    "a unique index without the community": (
        "CREATE UNIQUE INDEX voice_once ON reports_voice (person_id, added_at)",
        "leaves out community_id",
    ),
    "a foreign key to what stays behind": (
        "ALTER TABLE reports_voice ADD FOREIGN KEY (report_id) REFERENCES reports_report (id)",
        "neither a reference nor beside it",
    ),
    "a foreign key from what stays behind": (
        "CREATE TABLE behind (a bigint, b bigint, c uuid, FOREIGN KEY (a, b, c) REFERENCES reports_voice)",
        "refers to reports_voice",
    ),
    "a small identity": ("ALTER TABLE reports_voice ADD small int GENERATED ALWAYS AS IDENTITY", "no bigint"),
    "a small sequence": ("ALTER TABLE reports_voice ADD small serial", "no bigint"),
    "a rule": ("CREATE RULE quiet AS ON DELETE TO reports_voice DO INSTEAD NOTHING", "no plain table"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_citus_would_refuse_is_refused(citus, fault):
    """So that the two tests above can fail."""
    change, sentence = BROKEN[fault]
    citus.execute(change)
    with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
        run(citus, statements())


def test_a_trigger_needs_the_guide_s_leave(citus):
    without = [each for each in statements() if "enable_unsafe_triggers" not in each]
    with (
        pytest.raises(DatabaseError, match="triggers are not supported on communities_community"),
        transaction.atomic(),
    ):
        run(citus, without)


def test_the_great_tables_use_nothing_that_servers_cannot_share(citus):
    """No trigger, no sequence, no default that each server would compute anew, no generated column, no other kind of table."""
    names = [model._meta.db_table for model in mass_tables()]
    citus.execute(
        """
        SELECT c.relname || ': ' || what FROM pg_class c, LATERAL (
            SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal
            UNION ALL SELECT 'default of ' || attname FROM pg_attribute JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
              WHERE attrelid = c.oid AND pg_get_expr(adbin, adrelid) ~ '\\('
            UNION ALL SELECT 'generated ' || attname FROM pg_attribute WHERE attrelid = c.oid AND (attgenerated <> '' OR attidentity <> '')
            UNION ALL SELECT 'row security' WHERE c.relrowsecurity
            UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE conrelid = c.oid AND contype IN ('x', 't')
        ) AS found (what)
        WHERE c.relname = ANY (%s) AND c.relnamespace = 'public'::regnamespace ORDER BY 1
        """,
        [names],
    )
    nothing([row[0] for row in citus.fetchall()])


def test_no_function_takes_or_gives_a_row_of_our_tables(citus):
    """Citus puts another table under the name of each that refers to communities: such a function stays with the old one.

    Then what calls it does not find it, and a backup cannot be restored. The queue's own tables refer to nothing of ours.
    """
    citus.execute(
        """
        SELECT p.oid::regprocedure::text, c.relname
          FROM pg_proc p, LATERAL unnest(array_append(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.prorettype)) AS used (type)
          JOIN pg_type t ON t.oid = used.type JOIN pg_class c ON c.oid = t.typrelid
         WHERE p.pronamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'procrastinate%'
         ORDER BY 1, 2
        """
    )
    nothing(citus.fetchall())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("writer", "told"), [("", ["", "end"]), ("citus_internal gpid=10000000017", ["end"])])
def test_only_the_copy_that_people_write_to_tells_of_changed_communities(writer, told):
    """On the other servers Citus itself writes, in two phases, and PostgreSQL prepares no transaction that has told."""
    params = connection.get_connection_params()
    address = {key: value for key, value in params.items() if key not in {"cursor_factory", "context"}}
    with (
        psycopg.connect(**address, autocommit=True) as listener,
        psycopg.connect(**address, autocommit=True, application_name=writer) as own,
    ):
        listener.execute("LISTEN communities")
        own.execute("UPDATE communities_community SET name = name")  # the trigger is of the statement, not of rows
        own.execute("NOTIFY communities, 'end'")
        heard = listener.notifies(timeout=10, stop_after=len(told))
        assert [word.payload for word in heard] == told
