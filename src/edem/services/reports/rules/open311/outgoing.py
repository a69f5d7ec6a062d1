"""What an organisation's own server is told of a report: the problem and its card, nothing of its author."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from edem.services.reports.rules.open311.posting import LONGEST_DESCRIPTION


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that goes out; there is no field for a person."""

    service_code: str
    title: str
    text: str
    address: str
    lat: float | None
    lon: float | None
    card: str
    """The report's own page: it also tells our report from all others when an answer was lost."""
    picture: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    """To the categories' own questions: code → answer, or several."""
    questions: Sequence[tuple[str, str]] = ()
    """The same in words, for a server that knows none of our codes."""


_CUT: Final = "…"


def form_of(told: Told, *, jurisdiction: str, api_key: str) -> Mapping[str, str | list[str]]:
    form: dict[str, str] = {
        "jurisdiction_id": jurisdiction,
        "api_key": api_key,
        "service_code": told.service_code,
        "lat": _degrees(told.lat),
        "long": _degrees(told.lon),
        "address_string": told.address or ("" if told.lat is not None else told.card),
        "description": _description(told),
        "media_url": told.picture,
    }
    return {name: value for name, value in form.items() if value} | _attributes(told.answers)


def _attributes(answers: Mapping[str, object]) -> dict[str, str | list[str]]:
    """attribute[code]=v; of several answers to one question attribute[code][]=v1&attribute[code][]=v2."""
    found: dict[str, str | list[str]] = {}
    for code, answer in sorted(answers.items()):
        if isinstance(answer, list):
            found[f"attribute[{code}][]"] = [str(each) for each in answer]
        elif str(answer):
            found[f"attribute[{code}]"] = str(answer)
    return found


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.7f}"


def _description(told: Told) -> str:
    """The address of the card is never cut away."""
    said = "\n".join(f"{question} {answer}" for question, answer in told.questions)
    words = "\n\n".join(part for part in (told.title, told.text, said) if part)
    room = LONGEST_DESCRIPTION - len(told.card) - 2
    kept = words if len(words) <= room else words[: room - 1].rstrip() + _CUT
    return f"{kept}\n\n{told.card}"
