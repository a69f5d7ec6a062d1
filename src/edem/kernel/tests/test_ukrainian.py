"""Ukrainian spelling, order, numbers, dates and lemmas."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import (
    ALPHABET,
    date_words,
    day_month,
    fold,
    is_known,
    lemmas,
    moment_words,
    normalise,
    number,
    number_from,
    percent,
    place_after,
    plural,
    readings,
    slug,
    sort_key,
    transliterate,
    weekday_words,
    words,
)

letters_and_signs = st.text(alphabet="абвїґєiьюяaoepcxyABCIKMQWz'`’ʼ\"*-№ 019\u0301\u0308\u00ad\n")
texts = st.text() | letters_and_signs
ukrainian_words = st.text(alphabet=ALPHABET, min_size=1, max_size=12)


@given(texts)
@example("a'o'я'a'e")
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("sign", list("'`’‘ʼ´′＇\"*"))
def test_every_apostrophe_becomes_the_letter(sign):
    assert normalise(f"об{sign}єкт") == "обʼєкт"


@pytest.mark.parametrize("piece", ["a'", "a'я'", "Za'", "o", "я\u0301'", "(a", "'", "\u00ad"])
def test_a_hostile_page_costs_no_more_than_any_other(piece):
    def cost(size):
        began = process_time()
        fold((piece * size)[:size] + "я")
        return process_time() - began

    assert cost(200_000) < 40 * max(cost(20_000), 0.002)


def test_quotation_marks_around_a_word_stay():
    assert normalise("завод \"Маяк\" і 'сад' та rock'n'roll") == "завод \"Маяк\" і 'сад' та rock'n'roll"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("дopoгa", "дорога"),
        ("лiс", "ліс"),
        ("КИЇB", "КИЇВ"),
        ("Kиїв", "Київ"),
        ("об'єkт", "обʼєкт"),
        ("з'ïзд", "зʼїзд"),
        ("i\u0308жак", "їжак"),
        ("M'яч", "Мʼяч"),
    ],
)
def test_latin_look_alikes_inside_cyrillic_words_become_cyrillic(typed, meant):
    assert normalise(typed) == meant


@pytest.mark.parametrize("text", ["COVIDом", "Wi-Fi", "BankID", "IP-адреса", "iPhone", "USB"])
def test_words_that_are_really_latin_stay(text):
    assert normalise(text) == text


def test_letters_put_together_from_parts_become_whole():
    assert normalise(unicodedata.normalize("NFD", "Їжак і ґанок, йод")) == "Їжак і ґанок, йод"


def test_invisible_signs_from_documents_are_dropped():
    assert normalise("доро\u00adга\u200b\ufeff") == "дорога"


@given(texts)
@example("aİе")
@example("aꞋе")
@example("м\u0301'я")
@example("\u0400\u0300\u0300")
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_folding_forgets_case_and_stress():
    assert fold("За\u0301мок") == fold("замок") == "замок"
    assert fold("б\u0435\u0300рег") == fold("берег"), "Unicode has a letter of its own for it"


def test_the_alphabet_stands_in_its_own_order():
    shuffled = sorted(ALPHABET)
    assert "".join(sorted(shuffled, key=sort_key)) == ALPHABET
    assert shuffled != list(ALPHABET)


@given(st.lists(ukrainian_words, min_size=2))
def test_words_sort_letter_by_letter_in_the_order_of_the_alphabet(several):
    ordered = sorted(several, key=sort_key)
    places = [[ALPHABET.index(letter) for letter in word] for word in ordered]
    assert all(one <= other for one, other in pairwise(places))


@given(ukrainian_words)
def test_capitals_and_apostrophes_do_not_change_the_place(word):
    assert sort_key(word.upper()) == sort_key(word)
    assert sort_key("м'яч") == sort_key("мяч")


@given(texts)
def test_a_sort_key_of_anything_is_stored_safely(text):
    key = sort_key(text)
    assert "\x00" not in key
    assert key == key.strip()


def test_real_names_stand_as_in_a_printed_list():
    names = [
        "Юрківка",
        "Ґава",
        "Гава",
        "Їжаківка",
        "Іванків",
        "Йосипівка",
        "Єрки",
        "Ерідон",
        "Школа № 10",
        "Школа № 9",
        "Київ",
    ]
    assert sorted(names, key=sort_key) == [
        "Гава", "Ґава", "Ерідон", "Єрки", "Іванків", "Їжаківка", "Йосипівка", "Київ", "Школа № 9", "Школа № 10", "Юрківка",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1234.5, "1 234,5"),
        (-1234567, "−1 234 567"),
        (Decimal("12.50"), "12,5"),
        (Decimal("0.001"), "0,001"),
        (10**15, "1 000 000 000 000 000"),
    ],
)
def test_numbers_are_written_the_ukrainian_way(value, written):
    assert number(value).replace("\u00a0", " ") == written


def test_places_after_the_comma_may_be_fixed():
    assert number(Decimal("2.345"), places=2) == "2,35"
    assert number(7, places=2) == "7,00"
    assert number(Decimal("-0.001"), places=2) == "0,00"
    assert percent(0.125, places=1) == "12,5\u00a0%"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_a_written_number_is_read_back(value):
    assert number_from(number(value)) == value


@pytest.mark.parametrize("text", ["", "багато", "NaN", "1e9", "1,2,3", "∞", "9" * 40, "\x00"])
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(Invalid, match=r"number\.unreadable"):
        number_from(text)


@pytest.mark.parametrize(
    ("n", "word"),
    [(0, "підписів"), (1, "підпис"), (2, "підписи"), (4, "підписи"), (5, "підписів"), (11, "підписів"), (12, "підписів"),
     (14, "підписів"), (21, "підпис"), (22, "підписи"), (111, "підписів"), (-1, "підпис"), (1001, "підпис")],
)  # fmt: skip
def test_the_word_beside_a_number_takes_one_of_three_forms(n, word):
    assert plural(n, "підпис", "підписи", "підписів") == word


def test_dates_are_said_in_words():
    assert date_words(date(2026, 10, 14)) == "14 жовтня 2026"
    assert day_month(date(2024, 2, 29)) == "29 лютого"
    assert weekday_words(date(2026, 11, 27)) == "п’ятниця, 27 листопада 2026"


def test_a_moment_is_said_as_it_is_in_kyiv():
    assert moment_words(datetime(2026, 6, 30, 21, 5, tzinfo=UTC)) == "1 липня 2026, 00:05"
    assert date_words(datetime(2026, 12, 31, 22, 0, tzinfo=UTC)) == "1 січня 2027"
    with pytest.raises(ValueError, match="time zone"):
        moment_words(datetime(2026, 6, 30))


@pytest.mark.parametrize("form", ["дорога", "дорогу", "дороги", "Дорогою", "ДОРІГ", "дорозі", "дopoги"])
def test_every_form_of_a_word_has_one_lemma(form):
    assert lemmas(form) == ["дорога"]


def test_small_words_and_punctuation_have_no_lemma():
    assert lemmas("Відремонтуйте, будь ласка, дороги на об'єктах — і в селах!") == [
        "відремонтувати", "бути", "ласка", "дорога", "обʼєкт", "село",
    ]  # fmt: skip


def test_other_words_and_numbers_are_their_own_lemmas():
    assert lemmas("Wi-Fi у школі № 12") == ["wi", "fi", "школа", "12"]


def test_an_ambiguous_word_keeps_all_its_readings():
    assert set(readings("води")) == {"вода", "водити"}


@given(texts)
@example("aİе")
@example("aꞋе\u0300")
@example("Z'AЀ")
def test_lemmas_of_anything_are_plain_words(text):
    for lemma in lemmas(text):
        assert words(lemma) == [lemma]


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Алушта", "Alushta"), ("Згурський", "Zghurskyi"), ("Розгон", "Rozghon"), ("Єнакієве", "Yenakiieve"),
        ("Їжакевич", "Yizhakevych"), ("Кадиївка", "Kadyivka"), ("Йосипівка", "Yosypivka"), ("Стрий", "Stryi"),
        ("Юрій", "Yurii"), ("Корюківка", "Koriukivka"), ("Яготин", "Yahotyn"), ("Костянтин", "Kostiantyn"),
        ("Знам'янка", "Znamianka"), ("Щербухи", "Shcherbukhy"), ("Гоща", "Hoshcha"), ("Ґалаґан", "Galagan"),
        ("Русь", "Rus"), ("Біла Церква", "Bila Tserkva"), ("ЩУР", "SHCHUR"), ("Феодосія", "Feodosiia"),
        ("Згорани", "Zghorany"), ("Івано-Франківськ", "Ivano-Frankivsk"),
    ],
)  # fmt: skip
def test_names_are_written_in_latin_by_the_official_table(name, latin):
    assert transliterate(name) == latin


@given(texts, st.integers(5, 60))
def test_a_slug_is_safe_in_an_address(text, longest):
    made = slug(text, longest=longest)
    assert len(made) <= longest
    assert made == "" or all(part.isascii() and part.isalnum() and part == part.lower() for part in made.split("-"))


def test_a_long_slug_is_cut_between_words():
    assert slug("Ремонт дороги на вулиці Київській", longest=20) == "remont-dorohy-na"


def test_the_dictionary_knows_forms_and_no_mistakes():
    assert is_known("дорогу")
    assert is_known("обʼєкти")
    assert not is_known("дорлгу")


@pytest.mark.parametrize(
    ("word", "place", "joined"),
    [
        ("вирішується", "у Калиновому Яру", "в Калиновому Яру"),
        ("вирішується", "у Вишневогірську", "у Вишневогірську"),
        ("вирішується", "у Львові", "у Львові"),
        ("вирішується", "у Фастові", "у Фастові"),
        ("вирішується", "у Святогірську", "у Святогірську"),
        ("тиждень", "у Калиновому Яру", "у Калиновому Яру"),
        ("день", "в Одесі", "в Одесі"),
        ("тиждень", "в Сумах", "у Сумах"),
        ("вирішується", "на Запоріжжі", "на Запоріжжі"),
        ("вирішується", "", ""),
        ("", "у Сумах", "у Сумах"),
    ],
)
def test_a_place_joins_the_word_before_it_so_that_it_is_easy_to_say(word, place, joined):
    assert place_after(word, place) == joined


@given(texts, texts)
def test_only_the_preposition_of_a_place_ever_changes(word, place):
    assert place_after(word, place)[1:] == place[1:]
