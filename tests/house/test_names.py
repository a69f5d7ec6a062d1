"""Names say what a thing is; a few words say nothing and are not used (style.md §7)."""

import ast
import re

from tests.house.source import modules, nothing, own_modules

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "info"}
EMPTY_IN_FUNCTIONS = EMPTY_WORDS - {"common"}
EMPTY_ALONE = EMPTY_WORDS | {"data", "base_classes", "tools"}
EMPTY_ENDINGS = re.compile(r"(Utils?|Helpers?|Manager|Info|Data|Mixin|Service)$")

# The launcher's own package; the readers of `manage.py`'s commands live where Django looks for them.
ALLOWED_PARTS = {"management"}


def says_nothing(word: str) -> bool:
    return word in EMPTY_ALONE or bool(set(word.split("_")) & EMPTY_WORDS)


def test_no_module_has_an_empty_name():
    bad = [
        module.name
        for module in modules()
        if any(says_nothing(part) for part in module.path.with_suffix("").parts[-3:] if part not in ALLOWED_PARTS)
        and not module.name.startswith("tools/")
    ]
    nothing(bad)


def test_no_class_has_an_empty_name():
    bad = [
        f"{module.name}: {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and EMPTY_ENDINGS.search(node.name)
    ]
    nothing(bad)


def test_no_function_has_an_empty_name():
    bad = [
        f"{module.name}: {node.name}"
        for module in own_modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and set(node.name.split("_")) & EMPTY_IN_FUNCTIONS
    ]
    nothing(bad)


def test_every_test_is_a_sentence():
    bad = [
        f"{module.name}: {node.name}"
        for module in modules()
        if module.is_test
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and len(node.name.split("_")) < 4
    ]
    nothing(bad)
