"""Statistics: the database's figures are the same as those that a naive count in Python gives."""

import csv
import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from io import StringIO
from statistics import median

import pytest

from edem.foundation.identity.claims import Method
from edem.kernel.deadlines import KYIV
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.queries.statistics import first_year, statistics_of
from edem.services.petitions.rules.channels import WAYS
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.statistics import LABELS, Figures, Period
from edem.services.petitions.tests.factories import PetitionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
BODIES = ("", "ЖКГ", "Вишсвітло")
DECISIONS = {State.ANSWERED: ("declined", "explained", "supported"), State.FULFILMENT: ("supported", "partly")}
DECISIONS |= {State.FULFILLED: ("supported", "partly"), State.NOT_FULFILLED: ("partly",)}
ENDED = frozenset(DECISIONS)


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
    petition = PetitionFactory(
        community=community,
        collecting=True,
        state=state,
        category=rng.choice(["Освіта", "Безпека"]),
        **facts,
        **numbers,
    )
    if state is State.FULFILLED:
        PetitionStep.objects.create(
            petition=petition, at=petition.answered_at + rng.randrange(2000) * HOUR, actor="officer", step="fulfil",
            from_state="fulfilment", to_state="fulfilled",
        )  # fmt: skip
    return petition


def days(later, earlier):
    return (later - earlier) / timedelta(days=1) if later and earlier else None


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
        "days_to_fulfil": middle(days(fulfilled_at(each), each.answered_at) for each in petitions),
    }


def fulfilled_at(petition):
    step = petition.steps.filter(step="fulfil").first()
    return step.at if step else None


def begun(petition):
    return petition.submitted_at or petition.published_at


def same(figures, naive):
    for name, value in naive.items():
        found = getattr(figures, name)
        assert found == (pytest.approx(value, abs=0.051) if value is not None else None), name


@pytest.mark.parametrize("seed", range(3))
def test_the_database_counts_as_a_person_would(community, seed):
    rng = random.Random(seed)
    for _ in range(40):
        make(rng, community)
        make(rng, PetitionFactory().community) if rng.random() < 0.1 else None  # noqa: PLR2004
    period = Period(first=2024, last=2025)
    found = statistics_of(community, period, now=NOW)
    within = [
        each
        for each in Petition.objects.filter(community=community).order_by("pk")
        if begun(each) and period.since <= begun(each) < period.until
    ]
    assert 0 < len(within) < Petition.objects.filter(community=community).count()
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


def test_the_new_year_begins_in_kyiv(community):
    midnight = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
    PetitionFactory(community=community, waiting=True, submitted_at=midnight)
    PetitionFactory(community=community, waiting=True, submitted_at=midnight - timedelta(microseconds=1))
    found = statistics_of(community, Period(first=2026, last=2026), now=NOW)
    assert (found.whole.started, [name for name, _ in found.by_year]) == (1, ["2026"])
    assert first_year(community) == 2025  # noqa: PLR2004


def test_where_there_is_nothing_every_figure_is_nought(community):
    assert statistics_of(community, Period(first=2024, last=2026), now=NOW).whole == Figures.nothing()


def test_every_figure_has_its_words():
    assert list(LABELS) == list(Figures.nothing().as_row())


def test_the_page_tells_the_figures_and_the_files_tell_the_same(community, read, client, now):
    rng = random.Random(7)
    for _ in range(30):
        make(rng, community)
    page = read("statistics/", first="2024", last="2025")
    assert "Статистика петицій" in page
    assert page.count("<figure") > 2  # noqa: PLR2004
    told = client.get("/zhytomyr/petitions/statistics.json?first=2024&last=2025").json()
    lines = list(csv.DictReader(StringIO(client.get(
        "/zhytomyr/petitions/statistics.csv?first=2024&last=2025").content.decode("utf-8-sig"))))  # fmt: skip
    whole = statistics_of(community, Period(first=2024, last=2025), now=now).whole
    assert told["lines"][0]["started"] == int(lines[0]["started"]) == whole.started > 0
    assert len(told["lines"]) == len(lines)
    assert f"<b data-number>{whole.started}</b>" in page


@pytest.mark.parametrize("query", [{"first": "2025", "last": "2024"}, {"first": "давно"}, {"last": "99999999"}, {}])
def test_any_period_is_answered(community, read, query):
    PetitionFactory(community=community, collecting=True, submitted_at=datetime(2024, 5, 5, tzinfo=UTC))
    assert "Статистика петицій" in read("statistics/", **query)


def test_a_body_named_like_a_formula_is_text_in_the_file(community, client):
    PetitionFactory(community=community, collecting=True, responsible_body="=1+1", submitted_at=NOW)
    content = client.get("/zhytomyr/petitions/statistics.csv").content.decode()
    assert "\n=1+1" not in content
    assert ",'=1+1," in content


def test_the_figures_are_open_data_too(community, client):
    PetitionFactory(community=community, collecting=True, submitted_at=NOW)
    rows = json.loads(b"".join(client.get("/zhytomyr/open-data/petition-statistics.json").streaming_content))
    assert (rows[0]["slice"], rows[0]["started"]) == ("all", 1)
    assert "Статистика петицій" in client.get("/zhytomyr/open-data/").content.decode()


def test_the_page_asks_as_often_for_many_petitions_as_for_few(
    community, collecting, queries_of, assert_queries, client
):
    address = "/zhytomyr/petitions/statistics/"
    collecting()
    few = queries_of(address)
    for _ in range(12):
        make(random.Random(_), community)
    with assert_queries(few):
        client.get(address)


def test_the_list_leads_to_the_statistics(community, read):
    assert 'href="/zhytomyr/petitions/statistics/"' in read()


def test_every_way_of_identification_has_words_for_the_count():
    assert set(Method) <= set(WAYS)
