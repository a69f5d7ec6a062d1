"""The words for each staff act (ACTS) and for what it was done to (SUBJECTS), gathered from the apps' own messages."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model, QuerySet

from edem.foundation.audit.models import AuditEntry


@cache
def act_words() -> Mapping[str, str]:
    return _gathered("ACTS")


@cache
def subject_words() -> Mapping[str, str]:
    return _gathered("SUBJECTS")


@cache
def naming_field(kind: str) -> str:
    """Where the name is (`named_by` of the model) of what people know by a name and not by a number; else empty."""
    try:
        return str(getattr(apps.get_model(kind), "named_by", ""))
    except LookupError:  # of a service that has since been removed
        return ""


def words_of_act(code: str) -> str:
    """An act of a service that has since been removed keeps its code: the log still tells that it happened."""
    return str(act_words().get(code, code))


def words_of_subject(kind: str, number: str, name: str = "") -> str:
    """«Петиція 74»; what has a name goes by it, what is known by a long identifier by its kind alone."""
    words = str(subject_words().get(kind, kind))
    if name:
        return f"{words}: {name}"
    return " ".join([words, *([number] if number.isdecimal() else [])])


def names_of_subjects(entries: Iterable[AuditEntry]) -> Mapping[tuple[str, str], str]:
    """By kind and number, of those subjects that people know by a name; one query for each such kind."""
    numbers: dict[str, set[str]] = {}
    for entry in entries:
        if naming_field(entry.subject_kind):
            numbers.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    named: dict[tuple[str, str], str] = {}
    for kind, wanted in numbers.items():
        every: QuerySet[Model] = QuerySet(apps.get_model(kind))
        found = every.filter(pk__in=wanted).values_list("pk", naming_field(kind))
        named.update({(kind, str(pk)): str(name) for pk, name in found})
    return named


def _gathered(name: str) -> Mapping[str, str]:
    gathered: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("edem.") and find_spec(f"{app.name}.messages"):
            gathered.update(getattr(import_module(f"{app.name}.messages"), name, {}))
    return gathered
