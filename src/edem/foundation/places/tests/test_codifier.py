from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.places.codifier import read_codifier, without_orphans

HEADER = (
    "Перший рівень;Другий рівень;Третій рівень;Четвертий рівень;Додатковий рівень;Категорія об’єкта;Назва об’єкта\r\n"
)
OBLAST = "UA18000000000041385"
RAION = "UA18040000000060100"
COMMUNITY = "UA18040190000057039"
CITY = "UA18040190010057039"
KYIV = "UA80000000000093317"
DISTRICT = "UA80000000000126643"
LINES = [
    f"{OBLAST};;;;;O;Житомирська",
    f"{OBLAST};{RAION};;;;P;Житомирський",
    f"{OBLAST};{RAION};{COMMUNITY};;;H;Житомирська ",
    f"{OBLAST};{RAION};{COMMUNITY};{CITY};;M;Житомир",
]


def read(*lines: str):
    return read_codifier((HEADER + "\r\n".join(lines)).encode())


def faults(*lines: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.refusal.code) for fault in read(*lines).faults]


def test_each_unit_knows_its_parent_and_its_community():
    units = {unit.name: (unit.parent, unit.community) for unit in read(*LINES[:2], LINES[3]).units}
    assert units == {
        "Житомирська": (None, ""),
        "Житомирський": (OBLAST, ""),
        "Житомир": (COMMUNITY, COMMUNITY),
    }


def test_a_district_of_kyiv_lies_in_kyiv_itself():
    kyiv, district = read(f"{KYIV};;;;;K;Київ", f"{KYIV};{KYIV};{KYIV};{KYIV};{DISTRICT};B;Голосіївський").units
    assert (kyiv.parent, kyiv.community) == (None, KYIV)
    assert (district.parent, district.community) == (KYIV, KYIV)


def test_a_category_in_cyrillic_letters_is_understood():
    assert read(f"{OBLAST};;;;;О;Житомирська").units[0].category == "O"


def test_every_kind_of_broken_row_is_named_by_its_line():
    assert faults(
        LINES[0],
        "UA18;;;;;O;Коротка",
        f"{OBLAST};;;;;Z;Невідома",
        f"{OBLAST};;;;;O;",
        f"{OBLAST};{RAION};;;;O;Житомирська",
        LINES[0],
    ) == [
        (3, "codifier.code"),
        (4, "codifier.category"),
        (5, "codifier.name"),
        (6, "codifier.level"),
        (7, "codifier.twice"),
    ]


def test_a_unit_without_its_parent_is_taken_out_with_all_that_hangs_on_it():
    codifier = without_orphans(read(LINES[0], LINES[2], LINES[3]), known=frozenset())
    assert [unit.code for unit in codifier.units] == [OBLAST]
    assert [fault.line for fault in codifier.faults] == [3, 4]


def test_a_part_of_the_codifier_stands_on_what_is_known():
    assert len(without_orphans(read(LINES[2], LINES[3]), known=frozenset({RAION})).units) == 2


@given(st.permutations(LINES))
def test_the_order_of_the_rows_does_not_matter(lines):
    codifier = without_orphans(read(*lines), known=frozenset())
    assert {unit.code for unit in codifier.units} == {OBLAST, RAION, COMMUNITY, CITY}
    assert not codifier.faults
