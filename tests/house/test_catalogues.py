"""The catalogues: Ukrainian has all its plural forms, English is complete (style.md §11)."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.house.source import nothing
from tools.gathering import gathered
from tools.places import CATALOGUES

UKRAINIAN_FORMS = 3
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+[^}]*\}")


@cache
def catalogue(language):
    with (CATALOGUES / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language):
    return [message for message in catalogue(language) if message.id]


def first(message):
    return message.id[0] if isinstance(message.id, tuple) else message.id


@pytest.mark.parametrize("language", ["uk", "en"])
def test_no_translation_is_a_guess(language):
    nothing([first(message) for message in messages(language) if message.fuzzy])


def test_every_plural_has_all_ukrainian_forms():
    poor = [
        message.id[0]
        for message in messages("uk")
        if message.pluralizable and (len(message.string) != UKRAINIAN_FORMS or not all(message.string))
    ]
    nothing(poor)


def test_the_english_catalogue_is_complete():
    empty = [
        first(message)
        for message in messages("en")
        if not (all(message.string) if message.pluralizable else message.string)
    ]
    nothing(empty)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_a_translation_keeps_the_facts_of_its_sentence(language):
    changed = [
        first(message)
        for message in messages(language)
        if not message.pluralizable
        if message.string and set(PLACEHOLDER.findall(message.string)) != set(PLACEHOLDER.findall(message.id))
    ]
    nothing(changed)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_catalogue_holds_every_marked_string(language):
    """`./edem messages` brings in what is missing."""
    known = {message.id for message in messages(language)}
    nothing(sorted(first(message) for message in gathered() if message.id and message.id not in known))
