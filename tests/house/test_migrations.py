"""A release is brought in beside a living site: what is not released yet may hold no table long and break no old program."""

import tomllib
from pathlib import Path

import pytest
from django.db import connection, models
from django.db.migrations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader

from tests.house.migration_rules import Ground, Step, faults, is_widening
from tests.house.source import nothing

RELEASED = tomllib.loads((Path(__file__).parent / "released.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def loader(django_db_setup, django_db_blocker) -> MigrationLoader:
    with django_db_blocker.unblock():
        return MigrationLoader(connection, replace_migrations=False)


def ours(loader: MigrationLoader) -> set[tuple[str, str]]:
    return {key for key, each in loader.disk_migrations.items() if each.__module__.startswith("edem.")}


def released(loader: MigrationLoader) -> set[tuple[str, str]]:
    """What was released last, and all that came before it."""
    return {key for last in RELEASED["last"].items() for key in loader.graph.forwards_plan(last) if key in ours(loader)}


def ground_of(loader: MigrationLoader) -> Ground:
    state = loader.project_state(list(RELEASED["last"].items()))
    found = {model._meta.db_table: model for model in state.apps.get_models(include_auto_created=True)}
    heavy = {name for name, model in found.items() if isinstance(model._meta.pk, models.CompositePrimaryKey)}

    def type_of(table: str, column: str) -> str:
        fields = {field.column: field for field in found[table]._meta.local_concrete_fields}
        return fields[column].db_type(connection)

    return Ground(tables=frozenset(found), heavy=frozenset(heavy), type_of=type_of)


def step_of(loader: MigrationLoader, key: tuple[str, str]) -> Step:
    migration = loader.disk_migrations[key]
    operations = [
        inner
        for each in migration.operations
        for inner in (each.database_operations if isinstance(each, SeparateDatabaseAndState) else [each])
    ]
    return Step(
        statements=[each.removesuffix(";") for each in loader.collect_sql([(migration, False)])],
        by_hand=[str(each.sql) for each in operations if isinstance(each, RunSQL)],
        runs_python=any(isinstance(each, RunPython) for each in operations),
        is_atomic=migration.atomic,
        contracts=getattr(migration, "contracts", ""),
    )


@pytest.mark.django_db(transaction=True)  # as they run: some are refused within a transaction
def test_what_is_not_released_yet_runs_beside_a_living_site(loader):
    ground, releases = ground_of(loader), frozenset({RELEASED["release"]})
    new = sorted(ours(loader) - released(loader))
    nothing(
        [
            f"{app}.{name}: {fault}"
            for app, name in new
            for fault in faults(step_of(loader, (app, name)), ground, releases=releases)
        ]
    )


def test_the_released_list_names_migrations_that_exist(loader):
    """Released migrations never change their names. Before a first release: python -m tests.house.released."""
    assert [key for key in RELEASED["last"].items() if key not in ours(loader)] == []


# The rules themselves

USED = Ground(
    tables=frozenset({"petition", "signature"}),
    heavy=frozenset({"signature"}),
    type_of=lambda table, column: {"title": "varchar(200)", "number": "integer"}[column],
)

REFUSED = {
    "a column that the old program does not fill": Step(
        statements=['ALTER TABLE "petition" ADD COLUMN "place" varchar(9) NOT NULL']
    ),
    "a default that is taken away at once": Step(
        statements=[
            'ALTER TABLE "petition" ADD COLUMN "place" varchar(9) DEFAULT \'\' NOT NULL',
            'ALTER TABLE "petition" ALTER COLUMN "place" DROP DEFAULT',
        ]
    ),
    "a computed column": Step(
        statements=['ALTER TABLE "petition" ADD COLUMN "key" text GENERATED ALWAYS AS (lower(title)) STORED NOT NULL']
    ),
    "a number that becomes a larger one": Step(
        statements=['ALTER TABLE "petition" ALTER COLUMN "number" TYPE bigint USING "number"::bigint']
    ),
    "a text that becomes shorter": Step(statements=['ALTER TABLE "petition" ALTER COLUMN "title" TYPE varchar(100)']),
    "a column that may be empty no more": Step(statements=['ALTER TABLE "petition" ALTER COLUMN "title" SET NOT NULL']),
    "an index that stops writing": Step(statements=['CREATE INDEX "by_day" ON "signature" ("at")']),
    "a unique index that stops writing": Step(statements=['CREATE UNIQUE INDEX "once" ON "signature" ("person")']),
    "a check of every row": Step(statements=['ALTER TABLE "signature" ADD CONSTRAINT "c" CHECK ("at" IS NOT NULL)']),
    "a key to check in every row": Step(
        statements=['ALTER TABLE "signature" ADD CONSTRAINT "fk" FOREIGN KEY ("x") REFERENCES "petition" ("id")']
    ),
    "a renamed column": Step(statements=['ALTER TABLE "petition" RENAME COLUMN "title" TO "name"']),
    "a renamed table": Step(statements=['ALTER TABLE "petition" RENAME TO "appeal"']),
    "a dropped column": Step(statements=['ALTER TABLE "petition" DROP COLUMN "title" CASCADE']),
    "a dropped table": Step(statements=['DROP TABLE "petition" CASCADE']),
    "a drop after a release that is not out yet": Step(statements=['DROP TABLE "petition" CASCADE'], contracts="0.2.0"),
    "a statement by hand that waits for ever": Step(statements=[], by_hand=["UPDATE petition SET title = ''"]),
    "rows filled under the lock": Step(
        statements=['ALTER TABLE "petition" ADD COLUMN "place" varchar(9) NULL'], runs_python=True
    ),
}

ALLOWED = {
    "a new table with everything on it": Step(
        statements=[
            'CREATE TABLE "hearing" ("id" bigint NOT NULL PRIMARY KEY, "at" date NOT NULL)',
            'CREATE INDEX "hearing_at" ON "hearing" ("at")',
            'ALTER TABLE "hearing" ADD CONSTRAINT "c" CHECK ("at" IS NOT NULL)',
            'ALTER TABLE "hearing" ADD COLUMN "place" text NOT NULL',
        ]
    ),
    "a column that may be empty": Step(statements=['ALTER TABLE "petition" ADD COLUMN "place" varchar(9) NULL']),
    "a column that the database fills": Step(
        statements=['ALTER TABLE "petition" ADD COLUMN "place" varchar(9) DEFAULT \'\' NOT NULL']
    ),
    "a longer text": Step(statements=['ALTER TABLE "petition" ALTER COLUMN "title" TYPE varchar(300)']),
    "an endless text": Step(statements=['ALTER TABLE "petition" ALTER COLUMN "title" TYPE text']),
    "an index on a small table": Step(statements=['CREATE INDEX "by_title" ON "petition" ("title")']),
    "an index made beside the writers": Step(
        statements=['CREATE INDEX CONCURRENTLY "by_day" ON "signature" ("at")'], is_atomic=False
    ),
    "a check for new rows only": Step(
        statements=['ALTER TABLE "signature" ADD CONSTRAINT "c" CHECK ("at" IS NOT NULL) NOT VALID']
    ),
    "a drop after the release that no longer reads it": Step(
        statements=['ALTER TABLE "petition" DROP COLUMN "title" CASCADE'], contracts="0.1.0"
    ),
    "a statement by hand that gives way": Step(
        statements=[], by_hand=["SET LOCAL lock_timeout = '2s'; UPDATE petition SET title = ''"]
    ),
    "a function by hand": Step(
        statements=[], by_hand=["CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql"]
    ),
}


@pytest.mark.parametrize("step", REFUSED.values(), ids=REFUSED)
def test_what_would_hold_people_up_is_refused(step):
    assert len(faults(step, USED, releases=frozenset({"0.1.0"}))) == 1


@pytest.mark.parametrize("step", ALLOWED.values(), ids=ALLOWED)
def test_what_holds_nobody_up_is_allowed(step):
    assert faults(step, USED, releases=frozenset({"0.1.0"})) == []


def test_only_a_longer_text_keeps_the_rows_as_they_are():
    assert is_widening("varchar(10)", "varchar(10)")
    assert not is_widening("text", "varchar(10)")
    assert not is_widening("integer", "bigint")
