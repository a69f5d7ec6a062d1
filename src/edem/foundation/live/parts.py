"""Parts of pages that are the same for every reader: made once per counting interval, also for signed-in people.

A part is made without the request, so nothing of one reader can get into it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

EVERYTHING: Final = "*"
"""The tag of all that is kept."""
MOST_PARTS: Final = 4_096


@dataclass(frozen=True, slots=True)
class Part:
    content: SafeString
    tags: frozenset[str]
    made_at: float


@dataclass(kw_only=True)
class Parts:
    """What one process keeps; closed, as in commands and tests, it keeps nothing and each part is made anew."""

    interval: float = 0.0
    clock: Callable[[], float] = monotonic
    is_open: bool = False
    _kept: "OrderedDict[Hashable, Part]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _drops: int = 0

    def open(self, *, interval: float) -> None:
        self.interval, self.is_open = interval, True

    def close(self) -> None:
        """Nothing made before is shown after."""
        self.is_open = False
        self.drop([EVERYTHING])

    def find(self, key: Hashable) -> SafeString | None:
        with self._lock:
            part = self._kept.get(key)
            if part is None or not self.is_open or self.clock() - part.made_at >= self.interval:
                return None
            self._kept.move_to_end(key)
            return part.content

    def made(self, key: Hashable, tags: Iterable[str], make: Callable[[], SafeString]) -> SafeString:
        """Make it; if something was dropped meanwhile it may be old already, so it is shown once and not kept."""
        began, drops = self.clock(), self._drops
        content = make()
        with self._lock:
            if self.is_open and drops == self._drops:
                self._kept[key] = Part(content, frozenset(tags), began)
                while len(self._kept) > MOST_PARTS:
                    self._kept.popitem(last=False)
        return content

    def drop(self, tags: Iterable[str]) -> None:
        fallen = set(tags)
        with self._lock:
            self._drops += 1
            if EVERYTHING in fallen:
                self._kept.clear()
            for key in [key for key, part in self._kept.items() if not part.tags.isdisjoint(fallen)]:
                del self._kept[key]


PARTS: Final = Parts()


def kept_part(
    template: str, *, key: Hashable, tags: Iterable[str], facts: Callable[[], Mapping[str, object]]
) -> SafeString:
    """The template with these facts, or what was made of it a moment ago; `facts` are read only when it is made.

    `key` says everything that the part depends on, but for the language and the address of the community.
    """
    whole_key = (template, get_language(), get_script_prefix(), key)
    return PARTS.find(whole_key) or PARTS.made(whole_key, tags, lambda: own_part(template, facts=facts))


def own_part(template: str, *, facts: Callable[[], Mapping[str, object]]) -> SafeString:
    """The same part for a reader who is shown more than others: made for them and kept for nobody."""
    return mark_safe(get_template(template).render(dict(facts())))  # noqa: S308 - a template's own output
