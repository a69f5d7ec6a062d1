"""Imports point down; so do foreign keys, templates' includes and addresses by name (style.md §1)."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.house.routes import package_of_namespace
from tests.house.source import PACKAGE, called, nothing, own_modules, read, room_of_file, room_of_package, templates

INCLUDED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
ADDRESSED = re.compile(r"""\{%\s*url\s+["']([\w-]+):""")
CALLS_WITH_ADDRESS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}


def looks_up(path: Path, package: str | None) -> bool:
    here, there = room_of_file(path), room_of_package(package or "")
    return bool(here and there and not here.may_look_at(there))


def package_of_template(name: str) -> str | None:
    try:
        origin = Path(get_template(name).origin.name)
    except TemplateDoesNotExist:
        return None
    inside = origin.is_relative_to(PACKAGE)
    return ".".join(origin.relative_to(PACKAGE.parent).parts[:-1]) if inside else None


def test_templates_include_and_extend_only_what_lies_below():
    bad = [
        f"{called(path)} → {name}"
        for path in templates()
        for name in INCLUDED.findall(read(path))
        if looks_up(path, package_of_template(name))
    ]
    nothing(bad)


def test_templates_address_only_what_lies_below():
    bad = [
        f"{called(path)} → {namespace}:"
        for path in templates()
        for namespace in ADDRESSED.findall(read(path))
        if looks_up(path, package_of_namespace(namespace))
    ]
    nothing(bad)


def test_python_addresses_only_what_lies_below():
    bad = [
        f"{module.name}:{line} → {namespace}:"
        for module in own_modules()
        for line, namespace in addressed_in(module.tree)
        if looks_up(module.path, package_of_namespace(namespace))
    ]
    nothing(bad)


def addressed_in(tree: ast.Module):
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.Call)
            or getattr(node.func, "id", getattr(node.func, "attr", "")) not in CALLS_WITH_ADDRESS
        ):
            continue
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and re.match(r"[\w-]+:", first.value):
            yield node.lineno, first.value.partition(":")[0]


def test_foreign_keys_point_down():
    bad = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if (here := room_of_package(model.__module__))
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if (there := room_of_package(field.related_model.__module__)) and not here.may_look_at(there)
        if here.floor != 2  # the foundation's own order is a contract of its own
    ]
    nothing(bad)


def test_inside_the_foundation_foreign_keys_follow_its_order(settings):
    order = {f"foundation.{name}": place for place, name in enumerate(settings.FOUNDATION)}
    bad = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if (here := room_of_package(model.__module__)) and here.part in order
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if (there := room_of_package(field.related_model.__module__))
        if order.get(there.part, len(order)) > order[here.part]
    ]
    nothing(bad)


def test_the_platform_imports_neither_its_launcher_nor_its_simulators():
    """They are separate programs: changing an address is all it takes to go live."""
    outside = {"tools", "simulators", "tests"}
    nothing(
        f"{module.name}:{node.lineno} → {name}"
        for module in own_modules()
        for node in ast.walk(module.tree)
        for name in imported_by(node)
        if name.partition(".")[0] in outside
    )


def imported_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
