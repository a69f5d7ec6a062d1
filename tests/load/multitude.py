"""A great many petitions and signatures, written by the database itself: a bench waits for the pages, not for these."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from edem.foundation.search.indexing import remember_words
from edem.foundation.search.lexemes import lexemes_of, vector
from edem.services.petitions.actions.summing import keep_sums

WHAT = ("Освітити", "Відремонтувати", "Облаштувати", "Озеленити", "Відкрити", "Зберегти", "Розширити", "Утеплити")
OBJECT = ("стежку", "майданчик", "сквер", "зупинку", "школу", "укриття", "тротуар", "бібліотеку", "міст", "садок")
WHERE = ("біля річки", "на околиці", "у центрі", "за мікрорайоном", "поруч із лікарнею", "на Садовій", "на Лісовій")
RARE = "дирижабль"
"""A word that one petition in a thousand holds."""


@dataclass(frozen=True, kw_only=True)
class Multitude:
    community_id: int
    charter_id: int
    petitions: int
    signatures: int
    """On its one hot petition."""
    hot: int = 0


def titles() -> list[str]:
    """560 of them, told apart by their words: each word of the first place stands in every eighth petition."""
    return [" ".join(words) for words in itertools.product(WHAT, OBJECT, WHERE)]


_PETITIONS = """
WITH text AS (SELECT row_number() OVER () - 1 AS nth, title, tsv::tsvector FROM unnest(%(titles)s::text[], %(vectors)s::text[]) AS t(title, tsv)),
made AS (
  INSERT INTO petitions_petition (community_id, charter_id, number, title, essence, demand, category, settlement_code,
         place, hearing_asked, author_name, state, key_version, required, signature_count, summed_signatures, imported_count, last_ordinal,
         created_at, submitted_at, published_at, closes_at, reached_at, answered_at, answer_due_at, due_at, ground, decision,
         answer, responsible_body, source_url, source_answer_url)
  SELECT %(community)s, %(charter)s, n, title || ' № ' || n, repeat('Щодня тут ходить понад сто дітей. ', 20), 'Просимо раду зробити це.',
         (ARRAY['Благоустрій', 'Освіта', 'Безпека', 'Довкілля'])[1 + n %% 4], '', '', false, 'Ольга Ткачук',
         CASE WHEN n %% 3 = 0 THEN 'collecting' WHEN n %% 3 = 1 THEN 'answered' ELSE 'appeal' END,
         1, 250, 0, 0, n %% 240, 0, at, at, at, at + interval '90 days',
         CASE WHEN n %% 3 = 1 THEN at + n %% 61 * interval '1 day' END,
         CASE WHEN n %% 3 = 1 THEN at + (70 + n %% 37) * interval '1 day' END,
         CASE WHEN n %% 3 = 1 THEN date_trunc('day', at + interval '100 days') END,
         CASE WHEN n %% 3 = 2 THEN date_trunc('day', at + (90 + n %% 41) * interval '1 day') END, '',
         CASE WHEN n %% 3 = 1 THEN (ARRAY['supported', 'partly', 'declined'])[1 + n %% 7 %% 3] ELSE '' END, '',
         CASE WHEN n %% 3 = 1 THEN 'КП № ' || n %% 20 ELSE '' END, '', ''
    FROM generate_series(1, %(number)s) AS n
    JOIN text ON text.nth = n %% %(kinds)s
    CROSS JOIN LATERAL (SELECT CASE WHEN n %% 3 = 0 THEN %(now)s::timestamptz - interval '2 days' ELSE %(now)s::timestamptz - interval '200 days' END
                               - n * interval '1 second') AS moment(at)
  RETURNING id, title, number, published_at, state
)
INSERT INTO search_document (community_id, service, kind, subject_id, title, summary, url, state, at, public, tsv)
SELECT %(community)s, 'petitions', 'petition', id::text, made.title, '', '/petitions/' || id || '/', state, published_at, true,
       CASE WHEN number %% 1000 = 7 THEN tsv || '''дирижабль'':99A'::tsvector ELSE tsv END
  FROM made JOIN text ON text.nth = number %% %(kinds)s
"""

_SIGNATURES = """
INSERT INTO petitions_signature (community_id, petition_id, mark, key_version, person_id, public_name, assurance, channel,
       settlement_code, signed_at, ordinal)
SELECT %(community)s, %(petition)s, sha256(('%(petition)s/' || n)::bytea), 1, gen_random_uuid(),
       (ARRAY['Ткачук Ольга', 'Коваленко Ігор', 'Шевчук Світлана'])[1 + n %% 3], 'bank_id', 'online', '',
       %(now)s::timestamptz - interval '1 day' + n * interval '10 milliseconds', n
  FROM generate_series(1, %(number)s) AS n
"""

_TALLY = """
INSERT INTO petitions_signaturetally (community_id, petition_id, day, channel, assurance, count)
SELECT community_id, petition_id, (signed_at AT TIME ZONE 'Europe/Kyiv')::date, channel, assurance, count(*)
  FROM petitions_signature WHERE community_id = %(community)s AND petition_id = %(petition)s GROUP BY 1, 2, 3, 4, 5
"""

_COUNT = """
UPDATE petitions_petition SET signature_count = %(number)s, last_ordinal = %(number)s, state = 'reached', reached_at = %(now)s,
       published_at = %(now)s::timestamptz - interval '2 days', closes_at = %(now)s::timestamptz + interval '80 days', imported_count = 0
 WHERE id = %(petition)s
"""


def write(wanted: Multitude, *, now: datetime) -> Multitude:
    """Petitions with their places in the search, and one of them with all the signatures."""
    texts = titles()
    remember_words(lexemes_of(RARE, *texts))
    facts = {
        "community": wanted.community_id,
        "charter": wanted.charter_id,
        "number": wanted.petitions,
        "titles": texts,
        "vectors": [vector((text, "A")) for text in texts],
        "kinds": len(texts),
        "now": now,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the sums are counted afterwards, all at once
        cursor.execute(_PETITIONS, facts)
        cursor.execute(
            "SELECT id FROM petitions_petition WHERE community_id = %s AND number = 3", [wanted.community_id]
        )
        hot = int(cursor.fetchone()[0])
        signed = {**facts, "petition": hot, "number": wanted.signatures, "now": now - timedelta(minutes=1)}
        for statement in (_SIGNATURES, _TALLY, _COUNT):
            cursor.execute(statement, signed)
    keep_sums(now=now)  # as the clock does every ten minutes
    settle()
    return Multitude(
        community_id=wanted.community_id,
        charter_id=wanted.charter_id,
        petitions=wanted.petitions,
        signatures=wanted.signatures,
        hot=hot,
    )


def settle(
    tables: Sequence[str] = ("petitions_petition", "petitions_signature", "petitions_figurepart", "search_document"),
) -> None:
    """What autovacuum does in its own time."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM ANALYZE {table}")
