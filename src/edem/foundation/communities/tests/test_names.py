import pytest

from edem.foundation.communities.names import Names, names_of, short_name, where
from edem.foundation.communities.national_list import read_national_list, slugs_of

HEADER = "katottg,name,type,raion_katottg,raion,oblast_katottg,oblast,population_2022,lat_center\n"


def listed(*rows: tuple[str, str, str]):
    lines = [f"UA{n:017},{name},{kind},,Сумський,,{oblast},100,\n" for n, (name, kind, oblast) in enumerate(rows)]
    return read_national_list((HEADER + "".join(lines)).encode()).listed


def slugs(*rows: tuple[str, str, str], taken=()) -> list[str]:
    return list(slugs_of(listed(*rows), taken=taken).values())


def test_every_form_of_a_name_comes_from_its_adjective():
    assert names_of("Андріївська", "сільська") == Names(
        name="Андріївська сільська територіальна громада",
        name_genitive="Андріївської сільської територіальної громади",
        name_locative="в Андріївській громаді",
        council_name="Андріївська сільська рада",
        council_name_genitive="Андріївської сільської ради",
    )


def test_an_unknown_kind_is_left_out_of_the_name():
    assert names_of("Гресівська", "NA").name == "Гресівська територіальна громада"


def test_a_name_that_is_no_adjective_is_declined_as_it_should_be():
    names = names_of("Асканія-Нова", "селищна")
    assert names.name_genitive == "Асканії-Нової селищної територіальної громади"
    assert names.name_locative == "в Асканії-Новій громаді"


@pytest.mark.parametrize(("place", "words"), [("Одесі", "в Одесі"), ("Львові", "у Львові"), ("Єланці", "в Єланці")])
def test_the_preposition_follows_the_first_sound(place, words):
    assert where(place) == words


def test_a_list_shows_the_short_name():
    assert short_name("Андріївська сільська територіальна громада") == "Андріївська"
    assert short_name("Територіальна громада міста Києва") == "Київ"


def test_an_address_is_the_name_in_latin_letters():
    assert slugs(("Згурівська", "селищна", "Київська")) == ["zghurivska"]


def test_of_communities_with_one_name_the_city_has_the_bare_address():
    rows = [("Миколаївська", "міська", "Миколаївська"), ("Миколаївська", "сільська", "Сумська")]
    assert slugs(*rows) == ["mykolaivska", "mykolaivska-sumska"]


def test_two_of_one_name_in_one_oblast_still_differ():
    rows = [("Миколаївська", "сільська", "Сумська"), ("Миколаївська", "селищна", "Сумська")]
    assert slugs(*rows) == ["mykolaivska-sumska", "mykolaivska-sumska-sumskyi"]


def test_an_address_that_is_taken_is_not_given_again():
    assert slugs(("Барська", "міська", "Вінницька"), taken={"barska"}) == ["barska-vinnytska"]


@pytest.mark.real_data
def test_every_community_of_the_country_gets_its_own_plain_address(national_list):
    listed = read_national_list(national_list).listed
    given = slugs_of(listed, taken=())
    assert len(set(given.values())) == len(listed) == 1772
    assert all(slug.replace("-", "").isalnum() and slug.isascii() for slug in given.values())
