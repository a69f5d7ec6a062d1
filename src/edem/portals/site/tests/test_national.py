import html

import pytest

from edem.foundation.communities.finding import asked_words, communities_found, country_numbers, oblasts
from edem.foundation.communities.listing import load_communities
from edem.foundation.communities.tests.conftest import GEO
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.places.actions import load_codifier
from edem.foundation.places.models import Unit

pytestmark = pytest.mark.django_db

ZHYTOMYR = "UA18040190000029215"
HERE = dict(katottg=ZHYTOMYR, slug="zhytomyr", name="Житомирська міська територіальна громада", population=261_000)


@pytest.fixture
def country():
    """Two communities in two oblasts, one of them here; a village and a city in them."""
    CommunityFactory(**HERE)
    CommunityFactory(
        katottg="UA59080030000075526",
        slug="bilopilska",
        name="Білопільська міська територіальна громада",
        oblast="Сумська",
        listed_only=True,
    )
    Unit.objects.create(code="UA1", name="Житомир", folded="житомир", category="M", community_code=ZHYTOMYR)
    Unit.objects.create(code="UA2", name="Вереси", folded="вереси", category="C", community_code=ZHYTOMYR)
    Unit.objects.create(
        code="UA3", name="Вересневе", folded="вересневе", category="C", community_code="UA59080030000075526"
    )


def labels(text: str, **where: str) -> list[str]:
    return [found.label for found in communities_found(text, **where)]


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "words"),
    [("  ЖИТОМИР ", "житомир"), ("м. Біла Церква", "біла церква"), ("Кам'янська громада", "камʼянська"), ("...", "")],
)
def test_what_any_community_has_is_taken_away_from_the_words(typed, words):
    assert asked_words(typed) == words


def test_a_community_is_found_by_its_name_and_by_its_settlements(country):
    assert labels("житомирська") == ["Житомирська"]
    assert labels("Житомир") == ["Житомир"]
    assert labels("верес") == ["Вереси", "Вересневе"]
    assert labels("zhytom") == ["Житомирська"]
    assert labels("верес", oblast="Сумська") == ["Вересневе"]
    assert labels("немає") == labels("") == labels("громада") == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "верес%", "<script>", "ї" * 300])
def test_odd_signs_find_nothing_and_break_nothing(country, client, typed):
    assert labels(typed) == []
    assert client.get("/communities/", {"q": typed}).status_code == 200


def test_the_oblasts_stand_in_alphabetical_order_with_their_numbers(country):
    assert [(line.title, line.total, line.opened) for line in oblasts()] == [
        ("Житомирська область", 1, 1),
        ("Сумська область", 1, 0),
    ]
    numbers = country_numbers()
    assert (numbers.listed, numbers.opened, numbers.people) == (2, 1, 261_000)


def test_the_national_home_leads_to_the_communities(country, client):
    home = page(client, "/")
    assert "Знайдіть свою громаду" in home
    assert 'href="/zhytomyr/"' in home
    assert 'href="/communities/sumska/"' in home
    assert 'data-url="/communities/hints/"' in home


def test_the_plain_form_finds_without_javascript(country, client):
    found = page(client, "/communities/?q=Верес")
    assert 'href="/zhytomyr/"' in found
    assert "ще не на платформі" in found
    assert "Перевірте перші літери" in page(client, "/communities/?q=Атлантида")


def test_the_hints_are_a_fragment(country, client):
    hints = page(client, "/communities/hints/?q=жит")
    assert "<html" not in hints
    assert 'href="/zhytomyr/"' in hints


def test_a_community_with_its_own_host_is_led_to_there(client):
    CommunityFactory(**HERE, host="edem.zhytomyr.example")
    assert 'href="http://edem.zhytomyr.example/"' in page(client, "/communities/?q=житомирська")


def test_an_oblast_lists_all_its_communities(country, client):
    listed = page(client, "/communities/sumska/")
    assert "Білопільська" in listed
    assert client.get("/communities/atlantyda/").status_code == 404


def test_an_empty_country_still_has_a_home(client):
    assert "Знайдіть свою громаду" in page(client, "/")


def test_the_pages_make_few_queries(country, client, assert_queries):
    # One of each is the test client's own look at who has this first segment.
    with assert_queries(5):
        client.get("/communities/?q=верес")
    with assert_queries(4):
        client.get("/communities/hints/?q=верес")
    with assert_queries(3):
        client.get("/communities/sumska/")


@pytest.mark.real_data
def test_the_whole_country_is_searched():
    if not GEO.exists():
        pytest.skip("the real data are not beside the project: ../shared/data/geo")
    load_codifier((GEO / "katottg_2025-05-16.csv").read_bytes())
    load_communities((GEO / "hromady_all.csv").read_bytes())
    assert labels("Київ")[0] == "Київ"
    assert communities_found("Київ")[0].community.slug == "kyiv"
    assert communities_found("Зелене")[0].community.oblast
    assert "Вереси" in labels("Вереси")
    assert [line.total for line in oblasts() if line.name == "Житомирська"] == [66]
