"""Every refusal has its sentence, every sentence its refusal, and each place gives the facts the sentence tells."""

import ast
from collections import Counter
from string import Formatter

import pytest

from edem.kernel import errors
from edem.ui.refusals import sentences
from tests.house.source import PACKAGE, nothing, own_modules, parsed

REFUSALS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.Refused)}


def raised():
    """(where, code, facts named, facts spread with **) for each refusal that the code makes."""
    for module in own_modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and name_of(node.func) in REFUSALS and node.args:
                first = node.args[0]
                code = first.value if isinstance(first, ast.Constant) else None
                facts = {keyword.arg for keyword in node.keywords}
                yield f"{module.name}:{node.lineno}", code, facts


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def told_by(sentence: object) -> set[str]:
    return {field.partition(".")[0].partition("[")[0] for _, field, _, _ in Formatter().parse(str(sentence)) if field}


@pytest.fixture(scope="module")
def texts():
    return {
        node.value
        for module in own_modules()
        if module.path.name != "messages.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_refusal_has_a_sentence():
    nothing(sorted({code for _, code, _ in raised() if code} - set(sentences())))


def test_every_sentence_is_used(texts):
    nothing(sorted(set(sentences()) - texts))


def test_a_refusal_gives_the_facts_that_its_sentence_tells():
    poor = [
        f"{place}: {code} lacks {', '.join(sorted(lacking))}"
        for place, code, facts in raised()
        if code in sentences() and None not in facts
        if (lacking := told_by(sentences()[code]) - facts)
    ]
    nothing(poor)


def test_codes_are_written_as_area_and_reason():
    nothing([code for _, code, _ in raised() if code and code.count(".") != 1])


def test_a_code_is_said_in_one_place():
    said = [code for path in PACKAGE.rglob("messages.py") for code in codes_in(path)]
    nothing(code for code, times in Counter(said).items() if times > 1)


def codes_in(path):
    keys = (key for node in ast.walk(parsed(path)) if isinstance(node, ast.Dict) for key in node.keys)
    return [key.value for key in keys if isinstance(key, ast.Constant) and "." in str(key.value)]
