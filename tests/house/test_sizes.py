"""Sizes: a function of 40 lines, a module of 300, a template of 120 (style.md §12)."""

import ast
import re

from tests.house import ratchet
from tests.house.source import called, modules, nothing, own_modules, read, templates

SUPPRESSION = re.compile(r"#\s*(?:noqa|type: ignore|pragma: no cover)")


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def functions(module):
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_functions_are_short():
    sizes = {f"{module.name}:{node.name}": length(node) for module in modules() for node in functions(module)}
    nothing(ratchet.faults("functions", sizes, limit=40))


def test_modules_are_short():
    sizes = {module.name: len(module.text.splitlines()) for module in modules()}
    nothing(ratchet.faults("modules", sizes, limit=300))


def test_templates_are_short():
    sizes = {called(path): len(read(path).splitlines()) for path in templates()}
    nothing(ratchet.faults("templates", sizes, limit=120))


def test_a_module_suppresses_little():
    sizes = {module.name: len(SUPPRESSION.findall(module.text)) for module in own_modules()}
    nothing(ratchet.faults("suppressions", sizes, limit=3))


def test_a_bound_that_is_too_loose_is_a_fault(monkeypatch, tmp_path):
    file = tmp_path / "ratchet.toml"
    file.write_text('[modules]\n"a.py" = 350\n"b.py" = 400\n')
    monkeypatch.setattr(ratchet, "RATCHET", file)
    nothing(ratchet.faults("modules", {"a.py": 350, "b.py": 400}, limit=300))
    assert ratchet.faults("modules", {"a.py": 351, "b.py": 399, "c.py": 301}, limit=300) == [
        "a.py: 351, at most 350",
        "c.py: 301, at most 300",
        "b.py: tighten its bound in ratchet.toml to 399",
    ]
    assert "strike it off" in ratchet.faults("modules", {"a.py": 10, "b.py": 400}, limit=300)[0]
