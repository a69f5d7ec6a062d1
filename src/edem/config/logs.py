"""The journal: one JSON object per line in production, plain lines for a developer. Nothing here needs Django.

Personal data stay out of it: what a message may carry of a person is masked, exceptions come without their variables.
"""

import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from edem.config.masking import masked

REQUESTS: Final = "edem.requests"
_LONGEST_CHAIN: Final = 5


class About(Protocol):
    def facts(self) -> Mapping[str, object]: ...


ABOUT: ContextVar[About | None] = ContextVar("about", default=None)
"""The request that is being answered in this thread or task."""


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        about = ABOUT.get()
        line |= about.facts() if about else {}
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["exceptions"] = list(_exceptions(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def _event(record: logging.LogRecord) -> str:
    """Libraries put addresses and arguments into their words; of those only the kind of the event is taken."""
    if record.name.startswith("procrastinate"):
        return str(getattr(record, "action", record.levelname.lower()))
    if record.name in {"django.request", "django.security.csrf"}:
        return str(record.args[0]) if isinstance(record.args, tuple) and record.args else "request failed"
    return masked(record.getMessage())


def _exceptions(last: BaseException) -> Iterator[dict[str, object]]:
    """What was raised and from where, the causes after it: types, masked words, places; never values."""
    each: BaseException | None = last
    for _ in range(_LONGEST_CHAIN):
        if each is None:
            return
        frames = traceback.extract_tb(each.__traceback__)
        places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        yield {"type": type(each).__qualname__, "message": masked(str(each)), "places": places}
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _short(path: str) -> str:
    for start in ("/site-packages/", "/src/", "/lib/"):
        if start in path:
            return path.rpartition(start)[2]
    return path


def logging_as(form: str, *, level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`."""
    formatters = {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "edem.config.logs.JsonLines"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "edem": {"level": level},
            # One line for each request is for machines; a developer sees the browser.
            REQUESTS: {"level": "INFO" if form == "json" else "ERROR"},
            "django.request": {"level": "ERROR" if form == "json" else "WARNING"},
            "_granian": {"level": "INFO", "handlers": ["console"], "propagate": False},
        },
    }
