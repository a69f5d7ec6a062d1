"""Templates: translated, without inline code, and each of them compiles."""

import re

import pytest
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.loader import get_template

from tests.house.source import called, nothing, read, templates

CYRILLIC = re.compile(r"[А-Яа-яЄєІіЇїҐґ]{2,}")
OPEN_TRANSLATION = ("blocktranslate", "blocktrans")
SILENT = ("comment", "verbatim")
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a <style> element": re.compile(r"<style\b(?![^>]*\bnonce)", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\b(?:src|nonce|type=\"application/))", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
}


def untranslated(text):
    """Cyrillic words that stand outside every {% translate %} and {% blocktranslate %}."""
    hidden = 0
    for token in Lexer(text).tokenize():
        word = token.contents.split()[0] if token.contents.split() else ""
        if token.token_type is TokenType.BLOCK:
            hidden += word in OPEN_TRANSLATION + SILENT
            hidden -= word.removeprefix("end") in OPEN_TRANSLATION + SILENT and word.startswith("end")
        elif token.token_type is TokenType.TEXT and not hidden:
            yield from CYRILLIC.findall(re.sub(r"<!--.*?-->", "", token.contents, flags=re.DOTALL))


def test_every_ukrainian_word_of_a_template_is_marked_for_translation():
    found = {called(path): list(untranslated(read(path))) for path in templates()}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_bare_word_is_found_and_a_marked_one_is_not():
    assert list(
        untranslated("<p>Петиція {% translate 'Назва' %} {% blocktranslate %}Так{% endblocktranslate %}</p>")
    ) == ["Петиція"]


def test_a_template_holds_no_code_that_the_content_policy_forbids():
    bad = [
        f"{called(path)}: {what}"
        for path in templates()
        if path.suffix == ".html" and path.stem != "mail"  # letters cannot fetch a stylesheet
        for what, pattern in INLINE.items()
        if pattern.search(read(path))
    ]
    nothing(bad)


@pytest.mark.parametrize("path", templates(), ids=called)
def test_a_template_compiles(path):
    name = path.parts[path.parts.index("templates") + 1 :]
    assert get_template("/".join(name)).origin.name == str(path)


def test_the_house_builtins_are_loaded_everywhere():
    assert "edem.ui.templatetags.ui" in engines["django"].engine.builtins
