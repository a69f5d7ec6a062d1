import html

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.communities.charter_fields import Kind, fields_of
from edem.foundation.communities.charter_form import CharterForm, charter_form, initial_of
from edem.foundation.communities.tests.sample_charter import SampleCharter, Until
from edem.kernel.deadlines import DayOff, Term, Unit

ACT = {
    "act_title": "Положення про петиції",
    "act_number": "17/3",
    "act_date": "2026-02-01",
    "act_url": "https://rada.example/17-3",
    "in_force_from": "2026-03-10",
}
NUMBERS = {
    "threshold": "300",
    "age": "16",
    "share": "0,7",
    "collection_0": "60",
    "collection_1": "working_days",
    "collection_2": "next_working_day",
    "answer_0": "1",
    "answer_1": "months",
    "answer_2": "stays",
    "until": "published",
    "topics": "Дороги\n\n Освіта \nДороги",
    "chair": "секретар",
    "clause__threshold": " п. 3.1 ",
}


def filled(**changes: str | list[str] | None) -> CharterForm:
    data = QueryDict(mutable=True)
    for name, value in {**NUMBERS, **ACT, **changes}.items():
        if isinstance(value, list):
            data.setlist(name, value)
        elif value is not None:
            data[name] = value
    return charter_form(SampleCharter)(data)


def test_each_field_of_the_model_is_described():
    kinds = {field.name: field.kind for field in fields_of(SampleCharter)}
    assert kinds == {
        "threshold": Kind.NUMBER,
        "age": Kind.NUMBER,
        "share": Kind.DECIMAL,
        "collection": Kind.TERM,
        "answer": Kind.TERM,
        "on_paper": Kind.YES_NO,
        "until": Kind.CHOICE,
        "topics": Kind.LINES,
        "ways": Kind.CHOICES,
        "chair": Kind.TEXT,
    }
    bounds = {field.name: (field.lowest, field.highest, field.is_optional) for field in fields_of(SampleCharter)}
    assert bounds["threshold"] == (1, 1000, False)
    assert bounds["age"] == (1, 100, True)


def test_what_was_typed_becomes_the_model():
    form = filled(ways=["kep"])
    assert form.is_valid(), form.errors
    charter = form.charter
    assert isinstance(charter, SampleCharter)
    assert (charter.threshold, charter.age, charter.on_paper, charter.until) == (300, 16, False, Until.PUBLISHED)
    assert charter.collection == Term(amount=60, unit=Unit.WORKING_DAYS, starts="published")
    assert charter.answer.day_off is DayOff.STAYS
    assert charter.topics == ("Дороги", "Освіта")
    assert charter.ways == ("kep",)
    assert form.clauses() == {"threshold": "п. 3.1"}
    assert form.act().number == "17/3"


def test_an_optional_number_may_be_left_out():
    form = filled(age="")
    assert form.is_valid(), form.errors
    assert form.charter.age is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("threshold", "0", "«Скільки потрібно підписів»: не менше ніж 1."),
        ("share", "-1", "«Частка бюджету, %»: не менше ніж 0."),
        ("threshold", "", "Заповніть"),
        ("threshold", "багато", "числ"),
        ("age", "101", "«Найменший вік»: не більше ніж 100."),
        ("collection_0", "-1", "«Збір підписів»: не менше ніж 0."),
        ("collection_1", "years", "варіант"),
        ("until", "never", "варіант"),
        ("topics", "  ", "Замало: потрібно щонайменше 1."),
        ("chair", "х" * 21, "20"),
        ("act_url", "javascript:alert(1)", "URL"),
        ("act_date", "", "Заповніть"),
        ("clause__threshold", "п" * 201, "200"),
    ],
)
def test_every_mistake_is_said_beside_its_field_in_ukrainian(field, value, words):
    form = filled(**{field: value})
    assert not form.is_valid()
    name = field.rpartition("_")[0] if field[-1].isdigit() else field
    assert words in " ".join(form.errors[name])
    assert form.status == 422


def test_a_rule_about_several_fields_speaks_for_the_whole_form():
    form = filled(on_paper="on", collection_0="3")
    assert form.errors["__all__"] == ["Паперові підписи не встигнути зібрати за такий строк."]


def test_the_form_shows_each_number_with_its_clause():
    form = charter_form(SampleCharter)(initial=initial_of(SampleCharter, None))
    page = html.unescape("".join(str(field) + str(clause) for field, clause in form.rows()))
    assert 'value="250"' in page
    assert 'name="clause__collection"' in page
    assert '<option value="calendar_days" selected>календарних днів</option>' in page
    assert [field.name for field in form.act_fields()] == list(ACT)


@given(st.dictionaries(st.sampled_from([*NUMBERS, *ACT, "ways"]), st.text(max_size=30)))
def test_no_typing_crashes_the_form(typed):
    form = filled(**typed)
    assert form.is_valid() == (not form.errors)
