"""The statement behind periods: acts of each kind are counted where they are read, and nothing is sorted.

What was overdue at an end is found among what is at work and what was late before it was closed, in their own indexes.
"""

from string import Template
from typing import Final

_PARTS = {
    "shown": """report.community_id = %(community)s AND report.published_at IS NOT NULL
       AND report.state <> %(rejected)s""",
    "code": "report.category_codes[1]",
    "nobody": "NULL::bigint",
    "no_time": "NULL::int",
    "no_day": "NULL::date",
}


def written(statement: str) -> str:
    """Put the parts that several statements share into one; nothing of a request is among them."""
    return Template(statement).substitute(_PARTS)


_MOMENTS: Final = {
    "published": "report.published_at",
    "accepted": "report.accepted_at",
    "confirmed": "report.confirmed_at",
    "sent": "held.sent_at",
    "taken": "held.accepted_at",
    "returned": "held.returned_at",
    "stepped": "step.at",
}
_PARTS |= {f"{name}_within": f"{at} >= %(before)s AND {at} < %(until)s" for name, at in _MOMENTS.items()}
_PARTS |= {f"{name}_now": f"{at} >= %(since)s" for name, at in _MOMENTS.items()}
"""Of this period, not of the one before."""
_PARTS |= {
    f"{name}_day": f"CASE WHEN {at} >= %(since)s THEN ({at} AT TIME ZONE %(zone)s)::date END"
    for name, at in _MOMENTS.items()
}
# Days as whole tenths: so many took so many, and the middle of them follows.
_PARTS |= {
    f"tenths_to_{name}": f"ROUND(EXTRACT(EPOCH FROM {later} - {earlier})::float8 / 8640)::int"
    for name, later, earlier in (
        ("accept", "report.accepted_at", "report.published_at"),
        ("take", "held.accepted_at", "held.sent_at"),
        ("close", "step.at", "report.published_at"),
    )
}

# Seen by their report, by its holder, or by both. A report that follows another has no term of its own, and may be
# accepted before it was sent.
_ACTS: Final = (
    """
    SELECT 'report', 'received', $published_now, FALSE, $no_time, $code, $nobody,
           $published_day
      FROM reports_report AS report
     WHERE $shown AND $published_within
""",
    """
    SELECT 'report', 'accepted', $accepted_now,
           COALESCE(report.accepted_at < report.accept_due_at, TRUE),
           GREATEST(0, $tenths_to_accept), $code, $nobody, $no_day
      FROM reports_report AS report
     WHERE $shown AND $accepted_within
""",
    """
    SELECT 'both', 'confirmed', $confirmed_now, FALSE, $no_time, $code, report.organisation_id, $no_day
      FROM reports_report AS report
     WHERE $shown AND report.confirmed AND $confirmed_within
""",
    """
    SELECT 'both', CASE WHEN step.step = %(close)s THEN 'closed' ELSE 'reopened' END, $stepped_now,
           COALESCE(step.step = %(close)s AND report.closed_at = step.at AND report.result = %(solved)s, FALSE),
           CASE WHEN step.step = %(close)s THEN $tenths_to_close END, $code, report.organisation_id, $stepped_day
      FROM reports_reportstep AS step
      JOIN reports_report AS report ON report.id = step.report_id
     WHERE step.step = ANY(%(moves)s) AND $stepped_within AND $shown
""",
)

# A line of the chain tells up to three acts: alike lines are counted before they are told apart.
_CHAIN: Final = """
    SELECT act.seen_by, act.name, act.is_this, act.is_good, act.tenths, code, organisation_id, $no_day, number
      FROM (SELECT $code AS code, held.organisation_id,
                   CASE WHEN $sent_within THEN $sent_now END AS sent,
                   CASE WHEN $taken_within THEN $taken_now END AS taken,
                   CASE WHEN $taken_within THEN COALESCE(held.accepted_at < report.accept_due_at, TRUE) END AS in_time,
                   CASE WHEN $taken_within THEN $tenths_to_take END AS tenths,
                   CASE WHEN $returned_within THEN $returned_now END AS returned,
                   COUNT(*) AS number
              FROM reports_assignment AS held
              JOIN reports_report AS report ON report.id = held.report_id
             WHERE $shown AND ($sent_within OR $taken_within OR $returned_within)
             GROUP BY 1, 2, 3, 4, 5, 6, 7) AS line
     CROSS JOIN LATERAL (VALUES
           ('holder', 'received', sent, FALSE, $no_time),
           ('holder', 'accepted', taken, in_time, tenths),
           ('both', 'passed_on', returned, FALSE, $no_time)) AS act (seen_by, name, is_this, is_good, tenths)
     WHERE act.is_this IS NOT NULL
"""

# The index `report_late` has these very words.
_PARTS["ever_late"] = """(report.accept_due_at <= report.closed_at
            AND (report.accepted_at IS NULL OR report.accepted_at >= report.accept_due_at)
            OR report.explain_due_at <= report.closed_at
            AND (report.explained_at IS NULL OR report.explained_at >= report.explain_due_at))"""

# At the end of a period: not accepted in its term, or neither solved nor explained in its own.
_PARTS |= {
    name: f"""COUNT(*) FILTER (WHERE published_at < {end} AND (is_at_work OR closed_at >= {end})
             AND (accept_due_at <= {end} AND (accepted_at IS NULL OR accepted_at >= {end})
                  OR explain_due_at <= {end} AND (explained_at IS NULL OR explained_at >= {end})))"""
    for name, end in (("late_at_its_end", "%(ended)s"), ("late_before", "%(since)s"))
}
_PARTS["dates"] = "published_at, closed_at, accept_due_at, accepted_at, explain_due_at, explained_at"

_OVERDUE: Final = """
    SELECT 'both', 'overdue', ends.is_this, FALSE, $no_time, late.code, late.organisation_id, $no_day, ends.number
      FROM (SELECT code, organisation_id, $late_at_its_end AS at_its_end, $late_before AS before
              FROM (SELECT TRUE AS is_at_work, $code AS code, organisation_id, $dates
                      FROM reports_report AS report
                     WHERE report.community_id = %(community)s AND report.published_at < %(ended)s
                       AND report.state IN ('open', 'accepted', 'reopened')
                    UNION ALL
                    SELECT FALSE, $code, organisation_id, $dates
                      FROM reports_report AS report
                     WHERE $shown AND report.state NOT IN ('open', 'accepted', 'reopened')
                       AND report.closed_at >= %(since)s AND $ever_late) AS known
             GROUP BY code, organisation_id) AS late
     CROSS JOIN LATERAL (VALUES (TRUE, at_its_end), (FALSE, before)) AS ends (is_this, number)
     WHERE ends.number > 0
"""

# So many acts of one kind, good or not, of this category and organisation, that took so long.
_PARTS["columns"] = "seen_by, act, is_this, is_good, tenths, code, organisation_id, day"
_COUNTED: Final = "SELECT act.*, COUNT(*) FROM ($rows) AS act ($columns) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
_PARTS["counted"] = " UNION ALL ".join(Template(_COUNTED).substitute(_PARTS, rows=written(rows)) for rows in _ACTS)
_PARTS |= {"chain": written(_CHAIN), "overdue": written(_OVERDUE)}

CELLS: Final = written("""
WITH acts ($columns, number) AS ($counted UNION ALL $chain UNION ALL $overdue)
SELECT CASE GROUPING(code, organisation_id, day) WHEN 3 THEN 'code' WHEN 5 THEN 'organisation' ELSE 'day' END,
       is_this, act, is_good, code, organisation_id, day, tenths, SUM(number)::bigint
  FROM acts
 GROUP BY GROUPING SETS (
       (seen_by, is_this, act, is_good, tenths, code),
       (seen_by, is_this, act, is_good, tenths, organisation_id),
       (act, day))
HAVING CASE GROUPING(code, organisation_id, day)
       WHEN 3 THEN seen_by <> 'holder'
       WHEN 5 THEN seen_by <> 'report' AND organisation_id IS NOT NULL
       ELSE day IS NOT NULL END
""")
"""How often each act was, of each category, organisation and day, and how often it took how long."""
