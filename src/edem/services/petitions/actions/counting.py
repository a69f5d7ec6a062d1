"""The only way signatures are counted: counter, places and tallies move together, under the petition's lock."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import connection

from edem.foundation.events.announcing import announce
from edem.foundation.intake.rows import ask_prepared, unnested
from edem.kernel.deadlines import KYIV
from edem.services.petitions.actions.counted import COLUMNS, CountedIn, WishedRows
from edem.services.petitions.actions.counting_apart import count_in_apart
from edem.services.petitions.actions.stepping import move_by_the_clock
from edem.services.petitions.events import MilestonePassed, PetitionReached
from edem.services.petitions.models import WITHDRAWN, Petition, Signature, SignatureRemoval
from edem.services.petitions.rules.collecting import brings_the_last, milestones_passed
from edem.services.petitions.rules.lifecycle import MAY_REACH, State, Step


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A petition's count before and after, brought-over signatures included."""

    petition: Petition
    before: int
    after: int


_NAMES: Final = ", ".join(column.name for column in COLUMNS)

# The petitions are locked, so nobody else adds to them and the places have no gaps; the primary key stays the promise.
# Each mark is looked up by its key, also under a plan that was kept since the table was small, when joining all that
# were given, or reading all of the petition in the order of its list, looks as cheap; with ten thousand given that took
# half a second a batch. Hence no EXISTS, the first mark of a range of one (only the key has an order), and BY_INDEX.
BY_INDEX: Final = "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)"
COUNT_IN: Final = f"""
WITH wished AS MATERIALIZED (
    SELECT * FROM {unnested(COLUMNS, name="wished", place="place")}
), added AS (
    INSERT INTO petitions_signature ({_NAMES}, ordinal)
    SELECT {", ".join(f"wished.{column.name}" for column in COLUMNS)},
           (SELECT petition.last_ordinal FROM petitions_petition AS petition WHERE petition.id = wished.petition_id)
           + row_number() OVER (PARTITION BY wished.petition_id ORDER BY wished.place)
      FROM wished
     WHERE (SELECT true
              FROM petitions_signature AS known
             WHERE known.community_id = wished.community_id
               AND known.petition_id = wished.petition_id
               AND known.mark BETWEEN wished.mark AND wished.mark
             ORDER BY known.mark
             LIMIT 1) IS NULL
    ON CONFLICT DO NOTHING
    RETURNING community_id, petition_id, mark, ordinal, signed_at, channel, assurance
), tallied AS (
    INSERT INTO petitions_signaturetally AS tally (community_id, petition_id, day, channel, assurance, count)
    SELECT community_id, petition_id, (signed_at AT TIME ZONE '{KYIV.key}')::date, channel, assurance, count(*)
      FROM added
     GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (community_id, petition_id, day, channel, assurance) DO UPDATE SET count = tally.count + excluded.count
), counted AS (
    UPDATE petitions_petition AS petition
       SET signature_count = petition.signature_count + more.added, last_ordinal = more.last, counted_at = %s
      FROM (SELECT petition_id, count(*) AS added, max(ordinal) AS last FROM added GROUP BY petition_id) AS more
     WHERE petition.id = more.petition_id
    RETURNING petition.id, petition.signature_count
)
SELECT id, signature_count, NULL::bigint AS place, NULL::boolean AS withdrew
  FROM counted
 UNION ALL
SELECT NULL, NULL, wished.place, EXISTS (
       SELECT FROM petitions_signatureremoval AS removal
        WHERE removal.community_id = wished.community_id
          AND removal.petition_id = wished.petition_id
          AND removal.mark = wished.mark
          AND removal.exclusion_id = {WITHDRAWN})
  FROM wished
 WHERE NOT EXISTS (SELECT FROM added WHERE added.petition_id = wished.petition_id AND added.mark = wished.mark)
"""  # noqa: S608 - names come from code


def count_in(wished: WishedRows, *, now: datetime) -> CountedIn:
    """Add the rows; whoever has signed before is left out. The caller holds the petitions' locks."""
    if settings.EDEM.distributed:
        return count_in_apart(wished.rows, now=now)
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
    told = ask_prepared(COUNT_IN, [*wished.arrays, now])
    return CountedIn(
        counts={petition_id: count for petition_id, count, place, _withdrew in told if place is None},
        left_out={place - 1: withdrew for _id, _count, place, withdrew in told if place is not None},
    )


def take_off(petition: Petition, removed: Iterable[Signature], *, now: datetime, exclusion_id: int = WITHDRAWN) -> int:
    """Write the removals of signatures that hold, and count them no more. What was reached stays reached."""
    signatures = list(removed)
    SignatureRemoval.objects.bulk_create(
        [
            SignatureRemoval(
                community_id=petition.community_id,
                petition_id=petition.pk,
                mark=signature.mark,
                exclusion_id=exclusion_id,
                at=now,
            )
            for signature in signatures
        ],
        batch_size=2_000,
    )
    shift(petition, Counter({key: -count for key, count in tallied(signatures).items()}), now=now)
    return len(signatures)


Tallies = Counter[tuple[date, str, str]]


def tallied(signatures: Iterable[Signature]) -> Tallies:
    """How many of them each day brought each way."""
    return Counter((each.signed_at.astimezone(KYIV).date(), each.channel, each.assurance) for each in signatures)


_SHIFT_TALLIES: Final = """
INSERT INTO petitions_signaturetally AS tally (community_id, petition_id, day, channel, assurance, count)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (community_id, petition_id, day, channel, assurance) DO UPDATE SET count = tally.count + excluded.count
"""
_SHIFT_COUNT: Final = """
UPDATE petitions_petition SET signature_count = signature_count + %s, counted_at = %s
 WHERE id = %s
RETURNING signature_count
"""


def shift(petition: Petition, tallies: Tallies, *, now: datetime) -> Moved:
    """Move the tallies and the counter by the same signatures; the caller holds the petition's lock."""
    ways = [(petition.community_id, petition.pk, *key, count) for key, count in sorted(tallies.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_SHIFT_TALLIES, ways)
        cursor.execute(_SHIFT_COUNT, [tallies.total(), now, petition.pk])
        petition.signature_count = cursor.fetchone()[0]
    petition.counted_at = now
    after = petition.signature_count + petition.imported_count
    return Moved(petition=petition, before=after - tallies.total(), after=after)


def announce_moved(moved: Iterable[Moved], *, now: datetime) -> None:
    """Say what was brought: a quarter of the way, or the threshold itself, once; one job for all of it."""
    milestones: list[object] = []
    reached: list[Petition] = []
    for each in moved:
        petition, required = each.petition, each.petition.required
        passed = milestones_passed(before=each.before, after=each.after, required=required)
        milestones += [MilestonePassed(petition_id=petition.pk, percent=percent) for percent in passed]
        is_last = brings_the_last(before=each.before, after=each.after, required=required)
        if is_last and State(petition.state) in MAY_REACH:
            reached.append(petition)
    announce(*milestones, *(reach(reached, now=now) if reached else ()))


def reach(petitions: Sequence[Petition], *, now: datetime) -> list[object]:
    """All that one batch brought over their thresholds, in a few statements: others wait for their locks meanwhile."""
    clocks = move_by_the_clock(petitions, Step.REACH, now=now)
    due: defaultdict[datetime | None, list[Petition]] = defaultdict(list)
    for petition in petitions:
        petition.reached_at = now
        due[petition.due_at].append(petition)
    for due_at, together in due.items():
        found = Petition.objects.filter(pk__in=[each.pk for each in together])
        found.update(state=together[0].state, due_at=due_at, reached_at=now)
    return [*clocks, *(PetitionReached(petition_id=petition.pk) for petition in petitions)]
