"""The words for each kind of staff act, gathered from the apps' own messages (ACTS)."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def act_words() -> Mapping[str, str]:
    gathered: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("edem.") and find_spec(f"{app.name}.messages"):
            gathered.update(getattr(import_module(f"{app.name}.messages"), "ACTS", {}))
    return gathered


def words_of_act(code: str) -> str:
    """An act of a service that has since been removed keeps its code: the log still tells that it happened."""
    return str(act_words().get(code, code))
