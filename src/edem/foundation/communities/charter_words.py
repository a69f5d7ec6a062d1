"""A charter's values in plain words, in the language of the page."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.communities.charter_fields import CharterField, Kind
from edem.kernel.deadlines import DayOff, Term, Unit
from edem.ui.words import day, number


def words_of(field: CharterField, value: Any) -> str:
    """«250», «90 календарних днів», «так», «Освіта; Довкілля»."""
    if value is None:
        return _("не встановлено")
    say: dict[Kind, Callable[[Any], str]] = {
        Kind.NUMBER: number,
        Kind.DECIMAL: number,
        Kind.YES_NO: lambda yes: _("так") if yes else _("ні"),
        Kind.CHOICE: lambda chosen: _option(field, chosen),
        Kind.CHOICES: lambda chosen: _listed(_option(field, one) for one in chosen),
        Kind.TERM: term_words,
        Kind.LINES: lambda lines: _listed(_translated(line) for line in lines),
        Kind.DAY: _day,
        Kind.TEXT: str,
    }
    return say[field.kind](value)


def term_words(term: Term) -> str:
    """How long, and what happens when the last day is a day off."""
    length = _length(term)
    if term.unit is Unit.WORKING_DAYS or term.amount == 0:
        return length
    if term.day_off is DayOff.STAYS:
        return length
    return _("%(length)s; якщо останній день вихідний — до наступного робочого") % {"length": length}


def _length(term: Term) -> str:
    told = {
        Unit.CALENDAR_DAYS: ngettext("%(count)d календарний день", "%(count)d календарних днів", term.amount),
        Unit.WORKING_DAYS: ngettext("%(count)d робочий день", "%(count)d робочих днів", term.amount),
        Unit.MONTHS: ngettext("%(count)d місяць", "%(count)d місяців", term.amount),
    }
    return told[term.unit] % {"count": term.amount}


def _option(field: CharterField, value: Any) -> str:
    code = str(getattr(value, "value", value))
    return _translated(field.options.get(code, code))


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts) or _("не встановлено")


def _translated(words: str) -> str:
    # gettext("") would answer with the catalogue's own heading.
    return _(words) if words else ""


def _day(value: date | datetime) -> str:
    return day(value)
