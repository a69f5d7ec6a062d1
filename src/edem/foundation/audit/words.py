"""The words for each staff act (ACTS) and for what it was done to (SUBJECTS), gathered from the apps' own messages."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def act_words() -> Mapping[str, str]:
    return _gathered("ACTS")


@cache
def subject_words() -> Mapping[str, str]:
    return _gathered("SUBJECTS")


def words_of_act(code: str) -> str:
    """An act of a service that has since been removed keeps its code: the log still tells that it happened."""
    return str(act_words().get(code, code))


def words_of_subject(kind: str, number: str) -> str:
    """«Петиція 74»; what is known by a long identifier is named by its kind alone."""
    return " ".join([str(subject_words().get(kind, kind)), *([number] if number.isdecimal() else [])])


def _gathered(name: str) -> Mapping[str, str]:
    gathered: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("edem.") and find_spec(f"{app.name}.messages"):
            gathered.update(getattr(import_module(f"{app.name}.messages"), name, {}))
    return gathered
