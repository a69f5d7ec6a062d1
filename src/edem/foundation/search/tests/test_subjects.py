"""A service asks only what its things are called by, and a guessed word is looked for where it may stand."""

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.search import queries
from edem.foundation.search.indexing import index_document
from edem.foundation.search.lexemes import terms_of
from edem.foundation.search.models import Word
from edem.foundation.search.queries import are_unheard_of, search, subjects_found
from edem.foundation.search.tests.factories import document

pytestmark = pytest.mark.django_db
TITLES = (
    "Освітити дорогу біля школи",
    "Дорога до Вишневогірська",
    "Нова дорога, дорога до річки",
    "Спортзал для школи",
)


@pytest.fixture
def community():
    community = CommunityFactory()
    for number, title in enumerate(TITLES, start=1):
        index_document(document(number, title, community_id=community.pk))
    index_document(document(9, "Дорога деінде", community_id=CommunityFactory().pk))
    index_document(document(8, "Дорога з ямами", community_id=community.pk, service="reports"))
    index_document(document(7, "Прихована дорога", community_id=community.pk, public=False))
    return community


@pytest.mark.parametrize(
    "query", ["дороги", "дорлга", "школа", "дорога до школи", "Вишневогірську", "", "немає такого"]
)
@pytest.mark.parametrize("weighed", [1, 300])
def test_the_same_is_found_in_the_same_order_as_on_the_page(community, query, weighed, monkeypatch):
    monkeypatch.setattr(queries, "MOST_WEIGHED", weighed)
    page = search(community.pk, query, services=["petitions"])
    assert subjects_found(community.pk, query, service="petitions", most=20) == [hit.subject_id for hit in page.hits]


def test_no_more_is_told_than_was_asked_for(community):
    assert len(subjects_found(community.pk, "дорога", service="petitions", most=2)) == 2


@pytest.mark.parametrize(
    ("query", "is_unheard_of"),
    [
        ("дорога", False),  # in the dictionary
        ("Вишневогірську", False),  # in no dictionary, but in a title
        ("вишневогір", False),  # a beginning of what is in a title
        ("дирижабьль", True),
        ("дорога дирижабьль", True),
        ("", False),
    ],
)
def test_a_guessed_word_is_known_by_what_was_indexed(community, query, is_unheard_of):
    assert are_unheard_of(terms_of(query)) == is_unheard_of


def test_a_word_that_was_not_remembered_is_found_all_the_same(community):
    """The memory of words only chooses the way: at night it is a moment behind the documents."""
    Word.objects.all().delete()
    assert are_unheard_of(terms_of("Вишневогірську"))
    assert subjects_found(community.pk, "Вишневогірську", service="petitions", most=20) == ["2"]
