"""What a migration may do to a table that people are using: nothing that holds it long, nothing the old program trips on.

While a release is brought in, the old program still runs beside the new tables, and the new one may be taken back.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

NAME = r'(?:"public"\.)?"?(\w+)"?'
ADDED = re.compile(rf"ALTER TABLE {NAME} ADD COLUMN {NAME} (.*)", re.IGNORECASE | re.DOTALL)
RETYPED = re.compile(rf"ALTER TABLE {NAME} ALTER COLUMN {NAME} TYPE ([\w ]+(?:\([\d, ]+\))?)", re.IGNORECASE)
MADE_NOT_NULL = re.compile(rf"ALTER TABLE {NAME} ALTER COLUMN {NAME} SET NOT NULL", re.IGNORECASE)
DEFAULT_DROPPED = re.compile(rf"ALTER TABLE {NAME} ALTER COLUMN {NAME} DROP DEFAULT", re.IGNORECASE)
INDEXED = re.compile(rf'CREATE (?:UNIQUE )?INDEX (CONCURRENTLY )?(?:IF NOT EXISTS )?"?\w+"? ON {NAME}', re.IGNORECASE)
CONSTRAINED = re.compile(rf"ALTER TABLE {NAME} ADD CONSTRAINT (.*)", re.IGNORECASE | re.DOTALL)
GONE = re.compile(
    rf"ALTER TABLE {NAME} (?:RENAME TO|RENAME COLUMN|DROP COLUMN)|DROP TABLE (?:IF EXISTS )?{NAME}", re.IGNORECASE
)
LENGTH = re.compile(r"varchar\((\d+)\)", re.IGNORECASE)
BY_HAND = re.compile(rf"\b(?:ALTER TABLE|UPDATE|DELETE FROM|LOCK TABLE|TRUNCATE|INDEX \S+ ON) {NAME}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The tables that councils' databases have now."""

    tables: frozenset[str]
    heavy: frozenset[str]
    """Of them those that grow with every act of every resident."""
    type_of: Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One migration: what it says to the database, and how it was written."""

    statements: Sequence[str]
    by_hand: Sequence[str] = field(default=())
    """The texts of its RunSQL."""
    runs_python: bool = False
    is_atomic: bool = True
    contracts: str = ""
    """The release that no longer reads what this migration takes away."""


def faults(step: Step, ground: Ground, *, releases: frozenset[str]) -> list[str]:
    found = [fault for statement in step.statements for fault in _of_statement(statement, step, ground, releases)]
    return sorted({*found, *_of_sql_by_hand(step, ground), *_of_mixing(step, ground)})


def _of_statement(statement: str, step: Step, ground: Ground, releases: frozenset[str]) -> Iterator[str]:
    if found := ADDED.match(statement):
        yield from _added(found, step, ground)
    if (found := RETYPED.match(statement)) and found[1] in ground.tables:
        before = ground.type_of(found[1], found[2])
        if not is_widening(before, found[3].strip()):
            yield f"{found[1]}.{found[2]} changes from {before} to {found[3].strip()}: add a new column and move over"
    if (found := MADE_NOT_NULL.match(statement)) and found[1] in ground.tables:
        yield f"{found[1]}.{found[2]} SET NOT NULL reads the whole table: a NOT VALID check first, validated later"
    if (found := INDEXED.match(statement)) and found[2] in ground.heavy and not found[1]:
        yield f"an index on {found[2]} stops all writing: AddIndexConcurrently in a migration with atomic = False"
    if (found := CONSTRAINED.match(statement)) and found[1] in ground.heavy and not _waits(found[2]):
        yield f"a constraint on {found[1]} reads the whole table under a lock: AddConstraintNotValid, ValidateConstraint"
    if (found := GONE.match(statement)) and (found[1] or found[2]) in ground.tables and step.contracts not in releases:
        yield (
            f"{found[1] or found[2]}: what the running program reads goes away; take it out of the models in one "
            "release (SeparateDatabaseAndState), drop it in a later one and say in `contracts` which release was the first"
        )


def _waits(constraint: str) -> bool:
    return bool(re.search(r"NOT VALID|USING INDEX", constraint, re.IGNORECASE))


def _added(found: "re.Match[str]", step: Step, ground: Ground) -> Iterator[str]:
    table, column, rest = found[1], found[2], found[3]
    if table not in ground.tables or "NOT NULL" not in rest.upper():
        return
    dropped = {(each[1], each[2]) for each in map(DEFAULT_DROPPED.match, step.statements) if each}
    generated = "GENERATED" in rest.upper()
    if generated:
        yield f"{table}.{column} is computed for every row: the whole table is rewritten"
    elif "DEFAULT" not in rest.upper() or (table, column) in dropped:
        yield f"{table}.{column} is NOT NULL, and the running program does not fill it: give it db_default= or null=True"


def _of_sql_by_hand(step: Step, ground: Ground) -> Iterator[str]:
    for text in step.by_hand:
        touched = {found[1] for found in BY_HAND.finditer(text)} & ground.tables
        if touched and "lock_timeout" not in text:
            yield f"SQL on {', '.join(sorted(touched))} without SET LOCAL lock_timeout: it would stand in everybody's way"


def _of_mixing(step: Step, ground: Ground) -> Iterator[str]:
    altered = {found[1] for text in step.statements if (found := re.match(rf"ALTER TABLE {NAME}", text, re.IGNORECASE))}
    if step.runs_python and step.is_atomic and altered & ground.tables:
        yield "rows are filled in the transaction that holds the altered table: two migrations, the second by batches"


def is_widening(before: str, after: str) -> bool:
    """PostgreSQL keeps the rows as they are only when a text gets longer."""
    if before == after:
        return True
    old, new = LENGTH.fullmatch(before), LENGTH.fullmatch(after)
    if old and new:
        return int(new[1]) >= int(old[1])
    return bool(old) and after.lower() == "text"
