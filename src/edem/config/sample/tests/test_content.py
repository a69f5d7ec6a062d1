"""What people wrote: complete, varied, and typed as Ukrainian is typed."""

import re
from collections import Counter
from datetime import date

import pytest

from edem.config.sample.charters import CATEGORIES, sample_charters
from edem.config.sample.generating import COMMUNITIES
from edem.config.sample.personas import personas
from edem.config.sample.reading import PetitionText, community_text, petition_texts
from edem.kernel.deadlines import DayOff, Unit
from edem.services.petitions.rules.text import Text, check_complete

DAY = date(2026, 11, 19)
TEXTS = [text for slug in COMMUNITIES for text in petition_texts(*community_text(slug).texts)]


def everything_said(text: PetitionText) -> str:
    answer = text.answer
    plan = [f"{point.what} {point.evidence}" for point in answer.plan] if answer else []
    said = [text.title, text.essence, text.asks, text.note, *([answer.text, answer.outcome] if answer else []), *plan]
    return "\n".join(said)


def test_there_are_many_petitions_and_no_two_alike() -> None:
    assert len(TEXTS) >= 100
    assert not [title for title, times in Counter(text.title for text in TEXTS).items() if times > 1]
    assert not [key for key, times in Counter(text.key for text in TEXTS).items() if times > 1]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.key)
def test_a_text_is_typed_as_ukrainian_is(text: PetitionText) -> None:
    said = everything_said(text)
    assert not re.search(r"['\"ʼ]", said), "quotes are «» and the apostrophe is ’"
    assert not re.search(r"[А-яіїєґ][a-zA-Z]|[a-zA-Z][а-яіїєґ]", said), "a Latin letter inside a word"
    assert not re.search(r"  | ,| \.(?!\d)|\?\?\?\?|[ыэъёЫЭЪЁ]", said)
    assert " - " not in said, "a dash is —"


@pytest.mark.parametrize("text", [text for text in TEXTS if text.story.kind != "draft"], ids=lambda text: text.key)
def test_what_was_sent_in_is_complete(text: PetitionText) -> None:
    check_complete(Text(title=text.title.ljust(10, "."), essence=text.essence.ljust(50), demand=text.asks))


@pytest.mark.parametrize("slug", COMMUNITIES)
def test_texts_refer_to_what_there_is(slug: str) -> None:
    community = community_text(slug)
    bodies = {each.code for each in community.organisation}
    people = {each.id for each in personas()}
    categories = sample_charters(slug, today=DAY)[-1].regulation.charter.categories
    for text in petition_texts(*community.texts):
        assert text.place == "" or community.place_named(text.place), text.key
        assert CATEGORIES[text.category] in categories, text.key
        assert text.answer is None or text.answer.body in bodies, text.key
        assert text.author == "" or text.author in people, text.key


def test_personas_signed_petitions_that_there_are() -> None:
    keys = {text.key for text in TEXTS}
    assert {key for persona in personas() for key in persona.signed} <= keys


def test_answers_come_with_every_decision_and_refusals_with_every_ground() -> None:
    assert {text.answer.decision for text in TEXTS if text.answer} == {"supported", "partly", "declined"}
    assert {text.ground for text in TEXTS if text.ground} == {"competence", "rights", "content", "duplicate"}


def test_the_second_community_has_other_rules() -> None:
    city, village = (sample_charters(slug, today=DAY)[-1].regulation.charter for slug in COMMUNITIES)
    assert (city.threshold, village.threshold) == (250, 100)
    assert city.collection.amount != village.collection.amount
    assert city.minimum_age != village.minimum_age
    assert city.collection.unit is Unit.CALENDAR_DAYS
    assert city.collection.day_off is DayOff.STAYS


def test_every_clause_belongs_to_a_field() -> None:
    for slug in COMMUNITIES:
        for each in sample_charters(slug, today=DAY):
            assert set(each.clauses) <= set(type(each.regulation.charter).model_fields)
            assert each.act_date.weekday() == 3
            assert each.act_date < each.regulation.in_force_from.date()
