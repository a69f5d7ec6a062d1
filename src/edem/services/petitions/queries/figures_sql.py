"""The statement behind statistics: sums that the database keeps, sliced, with medians from how many took which days.

A part says how much a figure of a year, body or topic has moved; `petitions_figure_parts` (migrations 0015 and 0017)
writes them with each change of a petition. Only signatures are not waited for: what came since is read from petitions.
"""

from typing import Final

_COLUMNS: Final = (
    "community_id",
    "state",
    "category",
    "responsible_body",
    "decision",
    "submitted_at",
    "published_at",
    "reached_at",
    "answered_at",
    "fulfilled_at",
    "answer_due_at",
    "due_at",
    "imported_count",
    "summed_signatures",
)
"""In the order in which the function takes them (migration 0017)."""
PARTS_OF: Final = f"petitions_figure_parts({', '.join(f'petition.{name}' for name in _COLUMNS)})"

_KEPT: Final = """
    SELECT part.year, part.slice, part.name, part.measure, part.value, part.amount
      FROM petitions_figurepart AS part
     WHERE part.community_id = %(community)s
"""

_COUNTED: Final = """
    SELECT part.year, part.slice, part.name, part.measure, part.value, part.amount
      FROM petitions_petition AS petition
     CROSS JOIN LATERAL PARTS_OF_IT AS part
     WHERE petition.community_id = %(community)s
""".replace("PARTS_OF_IT", PARTS_OF)

# The condition is that of the index `petition_to_sum`, word for word.
_SIGNED_SINCE: Final = """
    SELECT part.year, part.slice, part.name, 'signatures', 0::bigint,
           (petition.signature_count - petition.summed_signatures)::bigint
      FROM petitions_petition AS petition
     CROSS JOIN LATERAL PARTS_OF_IT AS part
     WHERE petition.community_id = %(community)s AND part.measure = 'started'
       AND NOT (petition.signature_count = petition.summed_signatures)
""".replace("PARTS_OF_IT", PARTS_OF)

COUNTS: Final = (
    "started",
    "published",
    "reached",
    "answered",
    "answered_in_time",
    "answered_late",
    "overdue",
    "supported",
    "partly",
    "declined",
    "in_fulfilment",
    "fulfilled",
    "not_fulfilled",
    "signatures",
)
MEDIANS: Final = ("days_to_reach", "days_to_answer", "days_to_fulfil")


def _count_of(figure: str) -> str:
    """What is overdue follows from the ends of the terms that run, whenever it is asked."""
    which = "measure = 'answer_due' AND value <= %(now)s" if figure == "overdue" else f"measure = '{figure}'"
    return f"COALESCE(SUM(amount) FILTER (WHERE {which}), 0)::bigint"


# The middle of so many days: the one cell, or the two, in which half of them is reached.
_STATISTICS: Final = """
WITH part AS (
    {parts}
     UNION ALL
    {signed}
), sliced AS (
    SELECT CASE slice WHEN 'all' THEN 'year' ELSE slice END AS slice,
           CASE slice WHEN 'all' THEN year::text ELSE name END AS name, measure, value, amount
      FROM part WHERE year BETWEEN %(first)s AND %(last)s
     UNION ALL
    SELECT slice, name, measure, value, amount
      FROM part WHERE year BETWEEN %(first)s AND %(last)s AND slice = 'all'
), summed AS (
    SELECT slice, name, measure, value, SUM(amount)::int AS amount
      FROM sliced WHERE measure = ANY(%(medians)s)
     GROUP BY slice, name, measure, value
    HAVING SUM(amount) <> 0
), ranked AS (
    SELECT slice, name, measure, value, amount, SUM(amount) OVER many AS whole,
           SUM(amount) OVER (many ORDER BY value ROWS UNBOUNDED PRECEDING) AS up_to
      FROM summed WINDOW many AS (PARTITION BY slice, name, measure)
), middle AS (
    SELECT slice, name, {middles}
      FROM ranked WHERE 2 * up_to >= whole AND 2 * (up_to - amount) <= whole
     GROUP BY slice, name
), counted AS (
    SELECT slice, name, {counts}
      FROM sliced WHERE NOT measure = ANY(%(medians)s)
     GROUP BY slice, name
)
SELECT counted.*, {medians}
  FROM counted
  LEFT JOIN middle ON middle.slice = counted.slice AND middle.name = counted.name
 WHERE counted.started > 0
 ORDER BY counted.slice, counted.name
"""


def _written(parts: str) -> str:
    return _STATISTICS.format(
        parts=parts,
        signed=_SIGNED_SINCE,
        counts=", ".join(f"{_count_of(figure)} AS {figure}" for figure in COUNTS),
        middles=", ".join(f"AVG(value) FILTER (WHERE measure = '{median}') AS {median}" for median in MEDIANS),
        medians=", ".join(f"middle.{median}" for median in MEDIANS),
    )


OF_SUMS: Final = _written(_KEPT)
OF_PETITIONS: Final = _written(_COUNTED)
"""The same from the petitions themselves: slow where there are many, and right before anything was summed."""

FIRST_YEAR: Final = """
SELECT year FROM petitions_figurepart
 WHERE community_id = %s AND slice = 'all' AND measure = 'started'
 GROUP BY year HAVING SUM(amount) > 0 ORDER BY year LIMIT 1
"""

UNLIKE: Final = f"""
SELECT year, slice, name, measure, value, SUM(kept), SUM(counted)
  FROM (SELECT part.*, 0 AS counted FROM ({_KEPT}) AS part (year, slice, name, measure, value, kept)
        UNION ALL
        SELECT year, slice, name, measure, value, 0, amount FROM ({_COUNTED}) AS part) AS both_ways
 GROUP BY year, slice, name, measure, value
HAVING SUM(kept) <> SUM(counted)
 ORDER BY 1, 2, 3, 4, 5
"""  # noqa: S608 - statements come from code
"""Where the sums are not what the petitions say: never, unless somebody wrote past the triggers."""
