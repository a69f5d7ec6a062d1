"""An undefined variable in one of our templates fails the test, also inside `{% if %}` and `{% blocktranslate %}`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from django.template import Engine, engines
from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.template.defaultfilters import default, default_if_none

HOUSE = Path(__file__).resolve().parents[2]

_has_a_default: ContextVar[bool] = ContextVar("_has_a_default", default=False)


class Undefined(str):
    """Stands where a template has no value: nothing on a page, but a failure inside `blocktranslate`."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        pytest.fail(f"Undefined variable “{name}” in a blocktranslate.")


def is_ours(context: Any) -> bool:
    rendered = getattr(context, "render_context", None)
    template = getattr(rendered, "template", None) or getattr(context, "template", None)
    origin = getattr(getattr(template, "origin", None), "name", "")
    return bool(origin) and Path(origin).is_relative_to(HOUSE)


def resolve_or_fail(original: Any) -> Any:
    def resolve(self: Variable, context: Any) -> Any:
        try:
            return original(self, context)
        except VariableDoesNotExist:
            if _has_a_default.get() or not is_ours(context):
                raise
            # pytest's failure is no Exception, so `{% if a == b %}` cannot swallow it.
            pytest.fail(f"Undefined variable “{self.var}” in {context.render_context.template.origin.name}")

    return resolve


def with_defaults_known(original: Any) -> Any:
    """`{{ x|default:"–" }}` says itself what happens when there is no x."""

    def resolve(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        says_so = any(function in (default, default_if_none) for function, _ in self.filters)
        token = _has_a_default.set(says_so)
        try:
            return original(self, context, ignore_failures)
        finally:
            _has_a_default.reset(token)

    return resolve


def with_undefined_seen(original: Any) -> Any:
    def begin(self: Engine, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.string_if_invalid = Undefined()

    return begin


@contextmanager
def undefined_variables_fail() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Variable, "resolve", resolve_or_fail(Variable.resolve))
        patch.setattr(FilterExpression, "resolve", with_defaults_known(FilterExpression.resolve))
        for backend in engines.all():
            patch.setattr(backend.engine, "string_if_invalid", Undefined())  # type: ignore[attr-defined]
        # A test that overrides TEMPLATES makes new engines, and after it Django makes the usual ones anew.
        patch.setattr(Engine, "__init__", with_undefined_seen(Engine.__init__))
        yield
