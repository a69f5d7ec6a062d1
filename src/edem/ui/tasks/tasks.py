"""A long form as a list of small tasks, each with its state; one may stop and come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from edem.ui.pieces import piece

TaskState = Literal["done", "ready", "later"]


@dataclass(frozen=True, kw_only=True)
class Task:
    title: str
    state: TaskState
    url: str = ""
    hint: str = ""


def tasks(items: Sequence[Task]) -> SafeString:
    return piece("tasks/tasks", items=items)
