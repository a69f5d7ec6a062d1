"""From an address in words to a settlement of the codifier."""

import pytest

from edem.foundation.identity.matching import Match, match_of, settlement_name
from edem.foundation.identity.tests.conftest import community_with_settlements

pytestmark = pytest.mark.django_db

HOME = "UA99010000000000010"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("м. Вишневогірськ", "Вишневогірськ"),
        ("М.ВИШНЕВОГІРСЬК", "ВИШНЕВОГІРСЬК"),
        ("місто Вишневогірськ", "Вишневогірськ"),
        ("смт Лісове", "Лісове"),
        ("с-ще Лісове", "Лісове"),
        ("селище міського типу Лісове", "Лісове"),
        ("с. Підгір'я", "Підгір'я"),
        ("Самбір", "Самбір"),
        ("Миргород", "Миргород"),
        ("Хутір", "Хутір"),
    ],
)
def test_the_kind_of_settlement_is_taken_off_and_nothing_of_the_name(text, name):
    assert settlement_name(text) == name


@pytest.mark.parametrize(
    ("locality", "state", "address"),
    [
        ("м. Вишневогірськ", "Вишневогірська область", ""),
        ("М.ВИШНЕВОГІРСЬК", "ВИШНЕВОГІРСЬКА ОБЛ.", "ВУЛ.НАБЕРЕЖНА 1/2"),
        ("вишневогірськ", "", ""),
        ("Вишневогiрськ", "Вишневогірська", ""),  # a Latin i
        ("", "", "Вишневогірська обл., м. Вишневогірськ, вул. Садова, 12"),
    ],
)
def test_one_city_in_many_spellings(vyshnevohirsk, locality, state, address):
    assert match_of(locality=locality, state=state, address=address) == Match(vyshnevohirsk.pk, HOME)


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", "*"])
def test_every_apostrophe_is_the_same(vyshnevohirsk, apostrophe):
    found = match_of(locality=f"с. Підгір{apostrophe}я", state="Вишневогірська область", address="")
    assert found == Match(vyshnevohirsk.pk, "UA99010000000000012")


@pytest.mark.parametrize(
    ("locality", "state"),
    [("", ""), ("м. Житомир", "Житомирська область"), ("м. Вишневогірськ", "Житомирська область"), ("м.", "")],
)
def test_what_is_not_certain_is_not_matched(vyshnevohirsk, locality, state):
    assert match_of(locality=locality, state=state, address="") is None


def test_namesakes_are_told_apart_by_oblast_and_then_by_raion(vyshnevohirsk):
    far = community_with_settlements("UA9802", oblast="Далека", settlements=[("Лісове", "C")], slug="daleka")
    near = community_with_settlements(
        "UA9703", oblast="Вишневогірська", raion="Північний", settlements=[("Лісове", "C")], slug="pivnichna"
    )

    def found(state, address=""):
        match = match_of(locality="с. Лісове", state=state, address=address)
        return match.community_id if match else None

    assert found("Далека область") == far.pk
    assert found("") is None
    assert found("Вишневогірська область") is None
    assert found("Вишневогірська область", "Північний р-н, вул. Лісова, 3") == near.pk
    assert found("Вишневогірська область", "Вишневий район, вул. Лісова, 3") == vyshnevohirsk.pk


def test_a_certain_settlement_of_a_closed_community_belongs_to_none_here(vyshnevohirsk):
    vyshnevohirsk.is_open = False
    vyshnevohirsk.save()
    assert match_of(locality="м. Вишневогірськ", state="", address="") == Match(None, HOME)
