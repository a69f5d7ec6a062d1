"""Petitions somewhere on their road, and their figures counted one by one, as a person would."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest

from edem.kernel.deadlines import KYIV, kyiv_day
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.statistics import statistics_of
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.statistics import Period
from edem.services.petitions.tests.factories import PetitionFactory

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
BODIES = ("", "ЖКГ", "Вишсвітло")
DECISIONS = {State.ANSWERED: ("declined", "explained", "supported"), State.FULFILMENT: ("supported", "partly")}
DECISIONS |= {State.FULFILLED: ("supported", "partly"), State.NOT_FULFILLED: ("partly",)}
ENDED = frozenset(DECISIONS)
TWO_YEARS = Period(first=2024, last=2025)


def make(rng, community):
    """A petition somewhere on its road, with dates that need not be likely."""
    submitted = datetime(2023, 12, 20, tzinfo=UTC) + rng.randrange(24 * 800) * HOUR
    state = rng.choice([State.DRAFT, State.MODERATION, State.COLLECTING, State.CONSIDERATION, State.APPEAL, *ENDED])
    facts = {"published_at": None, "closes_at": None, "submitted_at": submitted if state is not State.DRAFT else None}
    if state not in {State.DRAFT, State.MODERATION}:
        facts["published_at"] = submitted + rng.randrange(1, 90) * HOUR
        facts["closes_at"] = facts["published_at"] + timedelta(days=90)
        facts["reached_at"] = rng.choice([None, facts["published_at"] + rng.randrange(999) * HOUR])
    if state in {State.CONSIDERATION, State.APPEAL} | ENDED:
        due = facts["closes_at"] + rng.randrange(999) * HOUR
        facts |= {"answer_due_at": rng.choice([due, due, None]), "due_at": due}
    if state in ENDED:
        facts["answered_at"] = facts["due_at"] + rng.randrange(-500, 500) * HOUR
        facts |= {"decision": rng.choice(DECISIONS[state]), "responsible_body": rng.choice(BODIES)}
    numbers = {"signature_count": rng.randrange(50), "imported_count": rng.choice([0, 7])}
    if state is State.FULFILLED:
        facts["fulfilled_at"] = facts["answered_at"] + rng.randrange(2000) * HOUR
    category = rng.choice(["Освіта", "Безпека"])
    return PetitionFactory(community=community, collecting=True, state=state, category=category, **facts, **numbers)


def days(later, earlier):
    """As on a calendar in Kyiv: from the first to the third is two days."""
    return (kyiv_day(later) - kyiv_day(earlier)).days if later and earlier else None


def middle(values):
    known = [each for each in values if each is not None]
    return median(known) if known else None


def counted(petitions):
    """The same figures, one by one."""

    def number(test):
        return sum(bool(test(each)) for each in petitions)

    answered = [each for each in petitions if each.answered_at]
    timed = [each for each in answered if each.answer_due_at]
    waiting = [each for each in petitions if not each.answered_at and each.state in {"consideration", "appeal"}]
    return {
        "started": len(petitions),
        "published": number(lambda each: each.published_at),
        "reached": number(lambda each: each.reached_at),
        "answered": len(answered),
        "answered_in_time": sum(each.answered_at < each.answer_due_at for each in timed),
        "answered_late": sum(each.answered_at >= each.answer_due_at for each in timed),
        "overdue": sum((each.answer_due_at or each.due_at) <= NOW for each in waiting),
        **{name: number(lambda each, name=name: each.decision == name) for name in ("supported", "partly", "declined")},
        "in_fulfilment": number(lambda each: each.state == "fulfilment"),
        **{name: number(lambda each, name=name: each.state == name) for name in ("fulfilled", "not_fulfilled")},
        "signatures": sum(each.signature_count + each.imported_count for each in petitions),
        "days_to_reach": middle(days(each.reached_at, each.published_at) for each in petitions),
        "days_to_answer": middle(days(each.answered_at, each.reached_at) for each in petitions),
        "days_to_fulfil": middle(
            days(each.fulfilled_at, each.answered_at) for each in petitions if each.state == "fulfilled"
        ),
    }


def begun(petition):
    return petition.submitted_at or petition.published_at


def same(figures, naive):
    for name, value in naive.items():
        found = getattr(figures, name)
        assert found == (pytest.approx(value, abs=1e-9) if value is not None else None), name


def as_counted_one_by_one(community, period=TWO_YEARS):
    """The database says of the period what a person counts; how many petitions there were."""
    found = statistics_of(community, period, now=NOW)
    all_of_it = Petition.objects.filter(community=community).order_by("pk")
    within = [each for each in all_of_it if begun(each) and period.since <= begun(each) < period.until]
    same(found.whole, counted(within))
    for slices, key in (
        (found.by_year, lambda each: str(begun(each).astimezone(KYIV).year)),
        (found.by_body, lambda each: each.responsible_body),
        (found.by_category, lambda each: each.category),
    ):
        groups = defaultdict(list)
        for each in within:
            groups[key(each)].append(each)
        groups.pop("", None)
        assert {name for name, _ in slices} == set(groups)
        for name, figures in slices:
            same(figures, counted(groups[name]))
    return len(within)
