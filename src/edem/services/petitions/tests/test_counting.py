"""Whatever comes and goes: counter, rows that hold and tallies agree, and every signature keeps its place."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edem.foundation.events.testing import announced as announced_since_now
from edem.foundation.intake.acts import take_one
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict
from edem.services.petitions.actions.counting import BY_INDEX, COUNT_IN, take_off
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.stepping import lock
from edem.services.petitions.actions.taking_off import put_back_set, take_off_set
from edem.services.petitions.events import PetitionReached
from edem.services.petitions.models import Exclusion, Petition, SignatureTally
from edem.services.petitions.queries.signatures import (
    Places,
    counted_on,
    days_of,
    restored_by,
    signatures_given,
    split_of,
)
from edem.services.petitions.rules.collecting import Signer
from edem.services.petitions.rules.exclusions import Ground, Standing
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature

pytestmark = pytest.mark.django_db

WAYS = ("bank_id", "diia_id")
people = st.sets(st.integers(0, 11), min_size=1)
happenings = st.lists(
    st.tuples(st.just("sign"), st.lists(st.integers(0, 11), min_size=1))
    | st.tuples(st.just("withdraw"), people)
    | st.tuples(st.just("exclude"), people)
    | st.tuples(st.just("undo"), people),
    max_size=12,
)


def name(person: int) -> str:
    return f"signer-{person}"


def signed(petition, *whose: int, day: int = 0):
    return add_signatures(
        [
            new_signature(
                petition,
                who=name(person),
                arrived_at=MARCH_1 + timedelta(days=day, seconds=place),
                signer=Signer(is_member=True, age=30, assurance=WAYS[person % 2]),
            )
            for place, person in enumerate(whose)
        ]
    )


def holding(petition, whose):
    return counted_on(petition).filter(public_name__in=[name(person) for person in whose])


@transaction.atomic
def withdrawn(petition_id: int, *whose: int) -> None:
    petition = lock(petition_id)
    take_off(petition, holding(petition, whose), now=MARCH_1)


@transaction.atomic
def excluded(petition_id: int, *whose: int) -> Exclusion:
    petition = lock(petition_id)
    exclusion = Exclusion.objects.create(
        community_id=petition.community_id,
        petition=petition,
        standing=Standing.HOLDS,
        ground=Ground.AUTOMATED,
        reason="Перевірка.",
        conditions={},
        last_ordinal=petition.last_ordinal,
        digest="",
        count=1,
        first_at=MARCH_1,
        last_at=MARCH_1,
        proposed_by=PersonFactory(),
        proposed_at=MARCH_1,
        held_at=MARCH_1,
    )
    take_off_set(petition, holding(petition, whose), exclusion_id=exclusion.pk, now=MARCH_1)
    return exclusion


@transaction.atomic
def undone(petition_id: int, exclusion: Exclusion, *, hours: int = 0) -> None:
    petition, now = lock(petition_id), MARCH_1 + timedelta(hours=hours)
    exclusion.standing, exclusion.undone_at = Standing.UNDONE, now
    exclusion.save()
    put_back_set(petition, restored_by(petition, exclusion.pk), now=now)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings)
def test_the_count_is_the_rows_that_hold_and_the_sum_of_the_tallies(happenings):
    petition = PetitionFactory(collecting=True, required=5)
    exclusions: list[Exclusion] = []
    for day, (what, whose) in enumerate(happenings):
        if what == "sign":
            signed(petition, *whose, day=day)
        elif what == "withdraw":
            withdrawn(petition.pk, *whose)
        elif what == "exclude":
            exclusions.append(excluded(petition.pk, *whose))
        elif exclusions:
            undone(petition.pk, exclusions.pop())

    petition.refresh_from_db()
    tallied = SignatureTally.objects.filter(petition_id=petition.pk).aggregate(total=Sum("count"))["total"] or 0
    given = list(signatures_given(petition))
    assert petition.signature_count == counted_on(petition).count() == tallied
    assert sum(each.count for each in split_of(petition)) == sum(count for _day, count in days_of(petition)) == tallied
    assert [each.ordinal for each in given] == list(range(1, petition.last_ordinal + 1))
    assert [each.signed_at for each in given] == sorted(each.signed_at for each in given)
    assert len({bytes(each.mark) for each in given}) == len(given)


def test_whoever_withdrew_does_not_sign_that_petition_again():
    petition = PetitionFactory(collecting=True)
    signed(petition, 1)
    withdrawn(petition.pk, 1)

    with pytest.raises(Conflict, match=r"petition\.withdrew_before"):
        take_one(add_signatures, new_signature(petition, who=name(1)))

    assert not counted_on(petition).exists()
    assert Petition.objects.get(pk=petition.pk).signature_count == 0


def test_a_signature_taken_off_leaves_its_number_out_of_the_list():
    petition = PetitionFactory(collecting=True)
    signed(petition, *range(6))
    withdrawn(petition.pk, 1, 4)

    petition.refresh_from_db()
    pages = [[each.ordinal for each in Places(petition, 3).page(number)] for number in (1, 2)]
    assert pages == [[1, 3], [4, 6]]


def test_a_far_page_of_the_list_asks_for_its_places_alone(django_assert_num_queries):
    petition = PetitionFactory(collecting=True, last_ordinal=1_000_000)
    with django_assert_num_queries(1) as asked:
        assert list(Places(petition, 100).get_page(10_000)) == []
    sql = asked.captured_queries[0]["sql"]
    assert '"ordinal" > 999900' in sql
    assert "OFFSET" not in sql


def test_exclusions_do_not_unreach_and_their_return_may_reach():
    announced = announced_since_now()
    petition = PetitionFactory(collecting=True, required=3)
    signed(petition, 1, 2)
    exclusion = excluded(petition.pk, 1, 2)
    signed(petition, 3)
    undone(petition.pk, exclusion, hours=5)

    petition.refresh_from_db()
    assert (petition.state, petition.reached_at) == ("reached", MARCH_1 + timedelta(hours=5))
    excluded(petition.pk, 1, 2, 3)
    petition.refresh_from_db()
    assert (petition.state, petition.signature_count) == ("reached", 0)
    assert [fact for fact in announced if isinstance(fact, PetitionReached)] == [
        PetitionReached(petition_id=petition.pk)
    ]


def test_the_card_reads_tallies_and_never_signatures(django_assert_num_queries):
    petition = PetitionFactory(collecting=True, imported_count=7)
    signed(petition, 1, 2, 3)
    signed(petition, 5, 7, day=1)
    petition.refresh_from_db()
    with django_assert_num_queries(2) as asked:
        ways = {each.way: each.count for each in split_of(petition)}
        assert [count for _day, count in days_of(petition)] == [3, 2]
    assert ways == {"bank_id": 1, "diia_id": 4, "imported": 7}
    assert all("petitions_signaturetally" in each["sql"] for each in asked.captured_queries)


AS_IF_EMPTY = """
SELECT pg_clear_relation_stats('public', %s);
SELECT pg_clear_attribute_stats('public', tablename, attname, inherited) FROM pg_stats WHERE tablename = %s
"""
"""Whatever the planner has heard of the table from earlier tests, it forgets till this one's end."""


def test_marks_are_looked_up_by_their_key_also_under_a_plan_kept_since_the_table_was_empty():
    """Joined with all that were given, a batch would take the longer the more have signed."""
    places = iter(range(1, COUNT_IN.count("%s") + 1))
    statement = re.sub("%s", lambda _found: f"${next(places)}", COUNT_IN)
    with connection.cursor() as cursor:
        for table in ("petitions_signature", "petitions_petition"):
            cursor.execute(AS_IF_EMPTY, [table, table])
        cursor.execute(BY_INDEX)
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on petitions_signature " not in plan
    assert re.search(r"Index (Only )?Scan using petitions_signature_pkey on petitions_signature known", plan), plan
    assert "Filter: (mark" not in plan, plan
    assert "Join" not in plan.split("CTE tallied")[0].split("CTE added")[1].replace("Nested Loop", ""), plan
