"""Words: the glossary's code words exist, the guides name commands that exist, Python's words are translated."""

import ast
import re

import pytest

from tests.house.source import PACKAGE, ROOT, nothing, own_modules, read
from tools.commands import COMMANDS

CYRILLIC = re.compile(r"[А-Яа-яЄєІіЇїҐґ]{2,}")
COMMAND = re.compile(r"\./edem ([a-z][a-z-]*)")
MARKS = {"_", "N_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}

# Texts that are data themselves: the language, proper names, other people's column names, the sample community.
SPEAKS_UKRAINIAN = (
    "edem/config/sample/",
    "edem/config/settings/",
    "edem/foundation/communities/finding.py",
    "edem/foundation/communities/names.py",
    "edem/foundation/communities/national_list.py",
    "edem/foundation/identity/claims.py",
    "edem/foundation/identity/evidence.py",
    "edem/foundation/identity/matching.py",
    "edem/foundation/identity/providers/bank_id/reading.py",
    "edem/foundation/identity/providers/challenge.py",
    "edem/foundation/notices/replies/quotes.py",
    "edem/foundation/places/codifier.py",
    "edem/foundation/search/",
    "edem/kernel/",
    "edem/ui/ornament",
    "/management/commands/",
    "edem/services/petitions/rules/annex34",
    "edem/services/petitions/rules/kep",
    "edem/services/reports/rules/importing/",
    "examples.py",
    "gallery.py",
)
OWN_NAME = "е-ДЕМ"


def documents():
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_commands_in_the_guides_exist():
    known = {command.name for command in COMMANDS} | {"help"}
    named = {(path.name, word) for path in documents() for word in COMMAND.findall(read(path))}
    nothing(sorted((name, word) for name, word in named if word not in known))


def test_every_command_has_its_line_of_help(capsys):
    from tools.launcher import run

    assert run(["help"]) == 0
    shown = capsys.readouterr().out
    nothing([command.name for command in COMMANDS if f"./edem {command.words} " not in shown or not command.line])


@pytest.fixture(scope="module")
def words_of_code():
    found = set()
    for module in own_modules():
        found |= set(re.findall(r"\w+", module.text))
        found |= set(module.path.relative_to(PACKAGE).with_suffix("").parts)
    return found


def test_code_words_of_the_glossary_exist_in_the_code(words_of_code):
    rows = [line for line in read(ROOT / "docs" / "glossary.md").splitlines() if line.startswith("|")]
    named = {word for row in rows for code in re.findall(r"`([^`]+)`", row) for word in re.findall(r"\w+", code)}
    assert named, "the glossary names no code words"
    nothing(sorted(named - words_of_code))


def unmarked(tree: ast.Module):
    """Ukrainian sentences that no gettext call will ever see."""
    hidden = {id(node) for call in marked_calls(tree) for node in ast.walk(call)}
    hidden |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden
        if is_text and CYRILLIC.search(node.value):
            yield node.lineno, node.value


def marked_calls(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS:
            yield node


def test_ukrainian_words_in_python_are_marked_for_translation():
    bad = [
        f"{module.name}:{line}: {text[:60]}"
        for module in own_modules()
        if not any(part in module.name for part in SPEAKS_UKRAINIAN)
        for line, text in unmarked(module.tree)
        if text != OWN_NAME
    ]
    nothing(bad)


def test_an_unmarked_sentence_is_found():
    tree = ast.parse('"""Про модуль."""\na = _("Так")\nb = "Ні, так не можна"\n')
    assert list(unmarked(tree)) == [(3, "Ні, так не можна")]
