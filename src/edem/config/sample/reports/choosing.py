"""What is reported when, and what becomes of it: by season, by weight, by how long ago it was."""

from datetime import date
from random import Random
from typing import Final

from edem.config.sample.reports.texts import Fate, OpenCityText, SubjectText, subjects

_OLD, _SETTLED, _ASLEEP, _STUCK = 75, 24, 6, 34
_OFTEN: Final = {
    "any": (1,) * 12,
    "spring": (1, 2, 5, 5, 3, 1, 1, 1, 1, 1, 1, 1),
    "summer": (0, 0, 1, 2, 4, 5, 5, 5, 3, 1, 1, 0),
    "winter": (4, 4, 2, 1, 1, 1, 1, 1, 2, 4, 5, 5),
    "snow": (6, 6, 2, 0, 0, 0, 0, 0, 0, 0, 2, 6),
    "storm": (1, 1, 2, 2, 3, 4, 5, 4, 2, 2, 2, 1),
}
"""How often, by month."""
_FATES: Final[dict[Fate, int]] = {
    "confirmed": 36,
    "solved": 22,
    "late": 9,
    "denied": 7,
    "doubted": 4,
    "passed_on": 7,
    "explained": 7,
    "impossible": 5,
    "not_ours": 4,
    "rejected": 2,
    "taken_up_again": 2,
}


def subjects_of(city: OpenCityText) -> tuple[SubjectText, ...]:
    return subjects(*city.subjects)


def subject_on(rng: Random, city: OpenCityText, day: date) -> SubjectText:
    known = subjects_of(city)
    return rng.choices(known, weights=[each.weight * _OFTEN[each.season][day.month - 1] for each in known])[0]


def fate_after(rng: Random, age: int) -> Fate:
    if _STUCK <= age <= _OLD and rng.random() < 0.16:  # a share
        return "stuck"
    if age <= _SETTLED:
        asleep: Fate = "forgotten" if age >= _ASLEEP else "fresh"
        return rng.choices(
            ["confirmed", "solved", "accepted", "passed_on", "denied", "explained", asleep],
            weights=(24, 20, 16, 8, 12, 6, 14),
        )[0]
    return rng.choices(list(_FATES), weights=list(_FATES.values()))[0]
