"""What is really in the database: the rows, and everything that counts them."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

_ROWS = "SELECT count(*), count(DISTINCT (petition_id, mark)) FROM petitions_signature"
_COUNTED = "SELECT coalesce(sum(signature_count), 0) FROM petitions_petition"
_TALLIED = "SELECT coalesce(sum(count), 0) FROM petitions_signaturetally"
_ASTRAY = """
SELECT count(*) FROM petitions_petition AS p
 WHERE signature_count <> (SELECT count(*) FROM petitions_signature AS s WHERE s.petition_id = p.id)
    OR signature_count <> (SELECT coalesce(sum(count), 0) FROM petitions_signaturetally AS t WHERE t.petition_id = p.id)
    OR last_ordinal < coalesce((SELECT max(ordinal) FROM petitions_signature AS s WHERE s.petition_id = p.id), 0)
"""


@dataclass(frozen=True)
class Books:
    rows: int
    people: int
    counted: int
    tallied: int
    astray: int
    """Petitions whose counter, tallies or places differ from their rows."""

    def agree_on(self, number: int) -> bool:
        return (self.rows, self.people, self.counted, self.tallied, self.astray) == (*[number] * 4, 0)


def books(own: psycopg.Connection) -> Books:
    rows, people = own.execute(_ROWS).fetchone()
    counted, tallied, astray = (own.execute(each).fetchone()[0] for each in (_COUNTED, _TALLIED, _ASTRAY))
    return Books(rows, people, counted, tallied, astray)


def agree(own: psycopg.Connection, answers: Sequence[int | None], *, at_most_unheard: int) -> int:
    """Everyone who was told «враховано» is there; besides them only some of those who heard nothing certain."""
    taken = answers.count(200)
    found = books(own)
    assert found.agree_on(found.rows), found
    assert taken <= found.rows <= taken + at_most_unheard, (taken, found)
    return found.rows
