"""A city's reports of two years, written by the database itself out of one that the code made: nothing is left out."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Model

from edem.foundation.communities.models import CharterVersion, Community, Organisation
from edem.foundation.people.models import Person
from edem.foundation.search.indexing import remember_words
from edem.foundation.search.lexemes import lexemes_of, vector
from edem.kernel.geo.cells import ZOOM, tile_range
from edem.services.reports.actions.categories import plant_categories
from edem.services.reports.actions.counting_cells import count_cells_anew
from edem.services.reports.models import Assignment, Category, Report, ReportCategory
from edem.services.reports.rules.lifecycle import State
from tests.load.bulk import bare_tables
from tests.load.multitude import settle

CENTRE = (50.2547, 28.6587)
ORGANISATIONS = 12
TABLES = ("reports_report", "reports_assignment", "reports_reportcategory", "reports_reportstep", "search_document")
TITLES = ("Яма на дорозі", "Не горить ліхтар", "Повний контейнер", "Зламана гілка", "Відкритий люк", "Розбита лавка")
_CODES = ("3.8", "2.2.1", "2.1.3", "4.1.3", "2.6", "2.7")

SPREAD = [tile_range(ZOOM, each, 0)[0] for each in range(256)]
"""Each byte with a nought before every bit: a cell is put together of six of them."""


def _spread(number: str) -> str:
    """In the database's own words, without a function: it would be called two million times."""
    parts = (f"(%(spread)s::bigint[])[1 + ({number} >> {8 * part} & 255)] << {16 * part}" for part in range(3))
    return " | ".join(f"({part})" for part in parts)


_REPORTS = """
INSERT INTO reports_report ({columns})
SELECT {values}
  FROM generate_series(1, %(number)s) AS n
 CROSS JOIN (SELECT * FROM reports_report WHERE id = %(first)s) AS first
 CROSS JOIN LATERAL (SELECT random_normal(%(lat)s, 0.02) AS lat, random_normal(%(lon)s, 0.03) AS lon, random() AS fate,
                            1 + floor(%(kinds)s * power(random(), 2))::int AS kind, random() AS way, random() AS twofold,
                            %(now)s::timestamptz - (%(number)s - n) * (interval '730 days' / %(number)s) AS at) AS drawn
 CROSS JOIN LATERAL (SELECT (%(number)s - n)::float8 / %(number)s AS age) AS past
 CROSS JOIN LATERAL (SELECT CASE WHEN age < 0.03 THEN 'open' WHEN age < 0.09 THEN 'accepted' WHEN fate < 0.01 THEN 'reopened'
                                 WHEN age < 0.14 THEN 'closed' ELSE 'archived' END AS state,
                            CASE WHEN way < 0.02 THEN 1 + floor(way * 50 * %(holders)s)::int
                                 ELSE 2 * kind - (way < 0.8)::int END AS holder) AS became
 CROSS JOIN LATERAL (SELECT floor((drawn.lon + 180) / 360 * 4194304)::bigint AS x,
                            floor((1 - asinh(tan(radians(drawn.lat))) / pi()) / 2 * 4194304)::bigint AS y) AS tile
"""
"""Kinds are drawn unevenly; each has two organisations, one with most of it, and one report in fifty goes to any other."""

_OVERRIDES: Mapping[str, str] = {
    "client_uuid": "gen_random_uuid()",
    "number": "n + 1",
    "title": "(%(titles)s::text[])[kind] || ' № ' || n",
    "lat": "drawn.lat",
    "lon": "drawn.lon",
    "cell": f"({_spread('tile.x')}) | (({_spread('tile.y')}) << 1)",
    "address": "'вул. Садова, ' || n %% 200",
    "category_codes": "CASE WHEN twofold < 0.1 THEN ARRAY[(%(codes)s::varchar[])[kind], (%(codes)s::varchar[])[1 + kind %% %(kinds)s]]"
    " ELSE ARRAY[(%(codes)s::varchar[])[kind]] END",
    "state": "became.state",
    "submitted_at": "drawn.at",
    "published_at": "drawn.at",
    "updated_at": "drawn.at",
    "accepted_at": "CASE WHEN became.state <> 'open' THEN drawn.at + interval '2 days' END",
    "closed_at": "CASE WHEN became.state IN ('closed', 'archived') THEN drawn.at + interval '9 days' END",
    "archived_at": "CASE WHEN became.state = 'archived' THEN drawn.at + interval '29 days' END",
    "archives_at": "CASE WHEN became.state = 'closed' THEN drawn.at + interval '29 days' END",
    "confirmed": "CASE WHEN became.state IN ('closed', 'archived') AND fate < 0.4 THEN fate < 0.35 END",
    "confirmed_at": "CASE WHEN became.state IN ('closed', 'archived') AND fate < 0.4 THEN drawn.at + interval '10 days' END",
    "result": "CASE WHEN became.state IN ('closed', 'archived') THEN 'solved' ELSE '' END",
    "accept_due_at": "drawn.at + interval '3 days'",
    "explain_due_at": "drawn.at + interval '30 days'",
    "due_at": "CASE became.state WHEN 'open' THEN drawn.at + interval '3 days' WHEN 'accepted' THEN drawn.at + interval '30 days' END",
    "organisation_id": "(%(organisations)s::bigint[])[became.holder]",
    "external_id": "''",
}

_ASSIGNMENTS = """
INSERT INTO reports_assignment ({columns})
SELECT {values}
  FROM reports_report AS report CROSS JOIN (SELECT * FROM reports_assignment WHERE id = %(held)s) AS first
 WHERE report.community_id = %(community)s AND report.id <> %(first)s
 ORDER BY report.id
"""
_HELD: Mapping[str, str] = {
    "report_id": "report.id",
    "organisation_id": "report.organisation_id",
    "sent_at": "report.published_at",
    "inform_due_at": "report.published_at + interval '1 day'",
    "accepted_at": "report.accepted_at",
    "closed_at": "report.closed_at",
}

_STEPS = """
INSERT INTO reports_reportstep (at, actor, step, from_state, to_state, note, clause, public, report_id)
SELECT step.at, 'responsible_worker', step.name, step.source, step.target, '', '', true, report.id
  FROM reports_report AS report
 CROSS JOIN LATERAL (VALUES (accepted_at, 'accept', 'open', 'accepted'), (closed_at, 'close', 'accepted', 'closed'),
                            (archived_at, 'archive', 'closed', 'archived')) AS step (at, name, source, target)
 WHERE report.community_id = %(community)s AND step.at IS NOT NULL
 ORDER BY step.at, report.id
"""

_CATEGORIES = """
INSERT INTO reports_reportcategory (report_id, category_id, is_main)
SELECT report.id, category.id, chosen.nth = 1
  FROM reports_report AS report CROSS JOIN LATERAL unnest(category_codes) WITH ORDINALITY AS chosen (code, nth)
  JOIN reports_category AS category ON category.community_id = report.community_id AND category.code = chosen.code
 WHERE report.community_id = %(community)s AND report.id <> %(first)s
 ORDER BY report.id, chosen.nth
"""

_DOCUMENTS = """
INSERT INTO search_document (community_id, service, kind, subject_id, title, summary, url, state, at, public, tsv)
SELECT report.community_id, 'reports', 'report', report.id::text, report.title, '', '/reports/' || report.id || '/', report.state,
       report.published_at, true, vectors.tsv
  FROM reports_report AS report
  JOIN unnest(%(titles)s::text[], %(vectors)s::text[]::tsvector[]) AS vectors (title, tsv)
    ON vectors.title = split_part(report.title, ' № ', 1)
 WHERE report.community_id = %(community)s AND report.id <> %(first)s
 ORDER BY report.id
"""


@dataclass(frozen=True, kw_only=True)
class City:
    slug: str
    community_id: int
    report_id: int
    """One that is open, in the middle of the list."""
    organisation_id: int


def write(slug: str, number: int, *, now: datetime) -> City:
    community, charter = _community(slug, now=now)
    holders = [_organisation(community, each) for each in range(ORGANISATIONS)]
    first = _first(community, charter, holders[0], now=now)
    held = Assignment.objects.create(report=first, organisation=holders[0], is_main=True, sent_at=now)
    remember_words(lexemes_of(*TITLES))
    facts = {
        "community": community.pk,
        "number": number,
        "first": first.pk,
        "held": held.pk,
        "now": now - timedelta(minutes=10),
        "lat": CENTRE[0],
        "lon": CENTRE[1],
        "titles": list(TITLES),
        "codes": list(_CODES),
        "kinds": len(TITLES),
        "vectors": [vector((title, "A")) for title in TITLES],
        "organisations": [holder.pk for holder in holders],
        "holders": len(holders),
        "spread": SPREAD,
    }
    with bare_tables(TABLES), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_like(_REPORTS, Report, _OVERRIDES), facts)
        cursor.execute("ANALYZE reports_report, reports_category")
        cursor.execute(_like(_ASSIGNMENTS, Assignment, _HELD), facts)
        cursor.execute(_STEPS, facts)
        cursor.execute(_CATEGORIES, facts)
        cursor.execute(_DOCUMENTS, facts)
    count_cells_anew(community.pk, now=now)
    settle((*TABLES, "reports_cellcount"))
    mine = Report.objects.filter(community=community, state=State.OPEN, organisation=holders[0])
    open_one = mine.order_by("-published_at", "-pk")[1]
    return City(slug=slug, community_id=community.pk, report_id=open_one.pk, organisation_id=holders[0].pk)


def _like(sql: str, model: type[Model], overrides: Mapping[str, str]) -> str:
    """Every column as in the first row, but for those that differ: a new column needs no word here."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = [overrides.get(column, f"first.{column}") for column in columns]
    return sql.format(columns=", ".join(columns), values=", ".join(values))


def _community(slug: str, *, now: datetime) -> tuple[Community, CharterVersion]:
    number = Community.objects.count() + 1
    community = Community.objects.create(
        slug=slug,
        katottg=f"UA9902{number:013}",
        name=f"Громада {number}",
        name_genitive="Громади",
        name_locative="у громаді",
        name_key=f"громада {number}",
        council_name="Рада",
        services=["reports"],
        languages=["uk"],
    )
    charter = CharterVersion.objects.create(
        community=community,
        service="reports",
        version=1,
        in_force_from=now - timedelta(days=800),
        act_title="Порядок роботи з повідомленнями",
        act_number="200",
        act_date=now.date(),
        values={},
    )
    plant_categories(community.pk)
    return community, charter


def _organisation(community: Community, number: int) -> Organisation:
    return Organisation.objects.create(
        community=community, name=f"КП «Служба {number}»", name_key=f"кп служба {number:02}", kind="enterprise"
    )


def _first(community: Community, charter: CharterVersion, holder: Organisation, *, now: datetime) -> Report:
    author = Person.objects.create(display_name="Ольга Ткачук", created_at=now)
    report = Report.objects.create(
        community=community,
        charter=charter,
        number=1,
        title="Перше повідомлення",
        text="Щодня тут ходить понад сто дітей. " * 5,
        author=author,
        author_name="Ольга Ткачук",
        state=State.OPEN,
        category_codes=[random.Random(1).choice(_CODES)],
        organisation=holder,
        submitted_at=now,
        published_at=now - timedelta(minutes=5),
        updated_at=now - timedelta(minutes=5),
    )
    category = Category.objects.get(community=community, code=report.category_codes[0])
    ReportCategory.objects.create(report=report, category=category, is_main=True)
    return report
