"""Petitions like the one being written: found by lemmas, whatever the endings and the order of words."""

import csv
import random
from pathlib import Path

import pytest

from edem.config.testing.needs import needs_data
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.queries.similar import alike, similar_petitions
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[6] / "shared" / "data" / "petitions" / "uk_parliament_273.csv"
TOP, SEED = 3, 41

# What one neighbour wrote, and how another would say it.
PAIRS = [
    ("Освітити стежку від вулиці Садової до школи № 7", "Немає освітлення: стежки біля сьомої школи темні, Садова"),
    ("Облаштувати пандус у міській бібліотеці", "Пандуси для бібліотек міста"),
    ("Встановити світлофор на перехресті Київської та Миру", "Світлофори потрібні: перехрестя Миру — Київська"),
    ("Пустити вечірній автобус до села Заріччя", "Вечірніх автобусів на Заріччя немає"),
    ("Створити притулок для безпритульних тварин", "Притулки безпритульним тваринам нашого міста"),
    ("Відремонтувати дах дитячої поліклініки", "У поліклініці для дітей тече дах, потрібен ремонт дитячої поліклініки"),
    ("Посадити липи вздовж набережної", "Набережна без дерев: посадіть липу"),
    ("Облаштувати велосипедні стоянки біля ринку", "Стоянка для велосипедів, ринок"),
    ("Заборонити нічний продаж алкоголю", "Про заборону продажу алкоголю вночі, нічні кіоски"),
    ("Перейменувати вулицю Пушкіна на вулицю Стуса", "Вулиця Стуса замість вулиці Пушкіна"),
    ("Роздільний збір сміття в кожному дворі", "Сміття у дворах збирати роздільно: роздільні баки"),
    ("Полагодити водогін на вулиці Шкільній", "На Шкільній вулиці прориває водогони"),
]


@pytest.fixture
def published(collecting):
    def published(*titles):
        petitions = [collecting(title=title, demand="Прошу розглянути.", essence="") for title in titles]
        index(*petitions)
        return petitions

    return published


def place_of(wanted, found):
    return next((place for place, each in enumerate(found) if each.pk == wanted.pk), None)


def test_a_neighbour_s_words_find_the_petition_among_the_first(published, community):
    petitions = published(*(title for title, _ in PAIRS))
    lost = [
        said
        for petition, (_, said) in zip(petitions, PAIRS, strict=True)
        if place_of(petition, similar_petitions(community, said)[:TOP]) is None
    ]
    assert lost == []


def test_one_shared_word_makes_nothing_alike(published, community):
    published("Відремонтувати дах дитячої поліклініки")
    assert similar_petitions(community, "Дитячий садок біля озера") == []
    assert similar_petitions(community, "поліклініка") != []


def test_what_can_be_signed_comes_first_and_answers_tell_their_decision(collecting, community, read, now):
    answered = collecting(
        title="Освітити стежку до школи № 7 ліхтарями",
        state=State.ANSWERED,
        decision="declined",
        answer="Ні.",
        answered_at=now,
        closes_at=now,
    )
    petition = collecting()
    index(answered, petition)
    page = read("similar/", q="освітлення стежки: освітити стежку до школи")
    assert page.index(petition.title) < page.index("Підписати її") < page.index(answered.title)
    assert "Не підтримано" in page
    found = alike(community, "освітити стежку до школи", now=now, besides=petition.pk)
    assert (found.to_sign, [each.decision for each in found.answered]) == ([], ["Не підтримано"])


def test_what_was_refused_or_taken_back_is_no_model(collecting, community):
    hidden = [
        collecting(title="Освітити стежку до школи", state=state, ground="duplicate" if state == "rejected" else "")
        for state in (State.REJECTED, State.WITHDRAWN)
    ]
    index(*hidden)
    assert similar_petitions(community, "Освітити стежку до школи") == []


def test_another_community_s_petitions_are_not_offered(community):
    index(PetitionFactory(collecting=True))
    assert similar_petitions(community, "Освітити стежку до школи") == []


@pytest.mark.real_data
@needs_data(REAL)
def test_real_titles_told_loosely_are_found_among_the_first_three(collecting, community):
    """A third of the words is lost and the rest come in another order, as people retell."""
    chance = random.Random(SEED)
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    petitions = [collecting(title=row["title"][:300], demand=row["text"][:1000], essence="") for row in rows]
    index(*petitions)
    found = 0
    for petition in petitions:
        words = petition.title.split()
        kept = chance.sample(words, max(3, len(words) * 2 // 3) if len(words) > 3 else len(words))
        found += place_of(petition, similar_petitions(community, " ".join(kept))[:TOP]) is not None
    share = found / len(petitions)
    assert share >= 0.95, f"{found} of {len(petitions)} retold titles were found among the first three"
