"""The sums behind statistics: whatever happens to petitions, they say what a count of the petitions says."""

import random
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edem.config.testing.at_once import at_once
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.summing import (
    MERGED_FROM,
    count_anew,
    differences,
    keep_sums,
    merge_parts,
    sum_signatures,
)
from edem.services.petitions.models import FigurePart, FiguresKept, Petition, PetitionStep
from edem.services.petitions.queries.statistics import first_year, first_year_of_petitions, statistics_of
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.statistics import Figures, Period
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature
from edem.services.petitions.tests.figures import HOUR, NOW, as_counted_one_by_one, make

pytestmark = pytest.mark.django_db
BOTH = Period(first=2024, last=2026)
FIELDS = (
    "state", "category", "responsible_body", "decision", "submitted_at", "published_at", "reached_at", "answered_at",
    "fulfilled_at", "answer_due_at", "due_at", "imported_count",
)  # fmt: skip


def come(rng, community):
    make(rng, community)


def look_like_another(rng, community):
    """Any step, correction or mistake at all: the row takes the facts of some other petition."""
    its = one_of(rng, community)
    other = make(rng, community)
    wanted = {name: getattr(other, name) for name in rng.sample(FIELDS, rng.randrange(1, len(FIELDS)))}
    other.delete()
    if its and wanted.get("state") != State.COLLECTING:
        # The database refuses an end before the beginning, and one that collects without either.
        if wanted.get("state", its.state) == State.COLLECTING:
            wanted.pop("published_at", None)
        else:
            wanted["closes_at"] = None
        Petition.objects.filter(pk=its.pk).update(**wanted)


def be_signed(rng, community):
    its = one_of(rng, community)
    if its:
        Petition.objects.filter(pk=its.pk).update(signature_count=rng.randrange(90))


def go(rng, community):
    its = one_of(rng, community)
    if its:
        its.delete()


def have_signatures_summed(_rng, _community):
    sum_signatures()


def be_merged(_rng, community):
    merge_parts(community.pk)


def be_counted_anew(_rng, community):
    count_anew(community, now=NOW)


def one_of(rng, community):
    known = list(Petition.objects.filter(community=community).order_by("pk"))
    return rng.choice(known) if known else None


STEPS = st.sampled_from(
    [come, come, look_like_another, be_signed, go, have_signatures_summed, be_merged, be_counted_anew]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(STEPS, max_size=14), seed=st.integers(0, 10_000))
def test_after_any_sequence_of_steps_sums_say_what_a_person_counts(community, steps, seed):
    Petition.objects.all().delete()
    FiguresKept.objects.update_or_create(community=community, defaults={"counted_at": NOW})
    rng = random.Random(seed)
    for step in steps:
        step(rng, community)
    assert differences(community) == []
    as_counted_one_by_one(community)


def test_signing_adds_nothing_to_the_sums_and_is_counted_at_once(community, collecting):
    petition = collecting(required=1000)
    keep_sums(now=NOW)
    parts = FigurePart.objects.count()

    add_signatures([new_signature(petition, arrived_at=petition.published_at + HOUR) for _ in range(3)])

    year = petition.submitted_at.year
    asked = Period(first=year, last=year)
    assert FigurePart.objects.count() == parts
    assert statistics_of(community, asked, now=NOW).whole.signatures == 3
    keep_sums(now=NOW)
    assert FigurePart.objects.count() > parts
    assert statistics_of(community, asked, now=NOW).whole.signatures == 3
    assert sum_signatures() == 0


def test_before_the_first_count_figures_are_those_of_the_petitions(community):
    for seed in range(9):
        make(random.Random(seed), community)
    FigurePart.objects.all().delete()
    assert as_counted_one_by_one(community) > 0
    assert first_year(community) == first_year_of_petitions(community)
    keep_sums(now=NOW)
    assert differences(community) == []
    assert as_counted_one_by_one(community) > 0
    assert first_year(community) == first_year_of_petitions(community)


def test_a_term_that_ends_makes_a_petition_overdue_without_a_step(community):
    PetitionFactory(
        community=community, collecting=True, state=State.CONSIDERATION, due_at=NOW, answer_due_at=NOW + HOUR
    )
    keep_sums(now=NOW)
    moment = timedelta(microseconds=1)
    assert [
        statistics_of(community, BOTH, now=NOW + HOUR + each).whole.overdue for each in (-moment, 0 * moment, moment)
    ] == [0, 1, 1]


def test_what_was_fulfilled_before_the_column_gets_its_day_from_its_step(community):
    petition = make_fulfilled(community)
    keep_sums(now=NOW)
    petition.refresh_from_db()
    assert petition.fulfilled_at == MARCH_1 + 5 * 24 * HOUR
    assert statistics_of(community, BOTH, now=NOW).whole.days_to_fulfil == 5


def make_fulfilled(community):
    petition = PetitionFactory(
        community=community, collecting=True, state=State.FULFILLED, answered_at=MARCH_1, decision="supported"
    )
    for at in (MARCH_1, MARCH_1 + 5 * 24 * HOUR):
        PetitionStep.objects.create(
            petition=petition, at=at, actor="officer", step="fulfil", from_state="fulfilment", to_state="fulfilled"
        )
    return petition


def test_many_parts_are_merged_and_say_the_same(community):
    petition = PetitionFactory(community=community, collecting=True)
    keep_sums(now=NOW)
    for number in range(MERGED_FROM // 4):
        Petition.objects.filter(pk=petition.pk).update(imported_count=number + 100)
    before = statistics_of(community, BOTH, now=NOW).whole
    assert FigurePart.objects.count() > MERGED_FROM / 2
    for number in range(MERGED_FROM // 4):
        Petition.objects.filter(pk=petition.pk).update(category=f"Тема {number}")
    keep_sums(now=NOW)
    assert FigurePart.objects.count() < 50
    assert statistics_of(community, BOTH, now=NOW).whole.started == before.started
    assert differences(community) == []


def test_the_command_finds_what_was_written_past_the_triggers_and_mends_it(community):
    PetitionFactory(community=community, collecting=True)
    keep_sums(now=NOW)
    call_command("recount_petitions", "--check", stdout=StringIO())
    FigurePart.objects.filter(measure="started").delete()
    told = StringIO()
    with pytest.raises(CommandError, match="Розбіжностей"):
        call_command("recount_petitions", "--check", stdout=told)
    assert "started" in told.getvalue()
    call_command("recount_petitions", stdout=StringIO())
    assert differences(community) == []


@pytest.mark.django_db(transaction=True)
def test_counting_anew_and_merging_lose_nothing_of_what_happens_meanwhile():
    community = PetitionFactory(collecting=True).community
    petitions = [PetitionFactory(community=community, collecting=True) for _ in range(8)]

    def change(petition):
        for number in range(12):
            Petition.objects.filter(pk=petition.pk).update(imported_count=number, category=f"Тема {number % 3}")

    def rewrite():
        for _ in range(4):
            count_anew(community, now=NOW)
            merge_parts(community.pk)

    at_once(*(lambda its=its: change(its) for its in petitions), rewrite, rewrite, sum_signatures)

    assert differences(community) == []
    whole = statistics_of(community, BOTH, now=NOW).whole
    assert (whole.started, whole.signatures) == (9, 88)


def test_nothing_is_told_of_a_community_whose_petitions_are_gone(community):
    PetitionFactory(community=community, collecting=True)
    keep_sums(now=NOW)
    Petition.objects.all().delete()
    assert statistics_of(community, Period(first=2020, last=2030), now=NOW).whole == Figures.nothing()
    assert first_year(community) is None
