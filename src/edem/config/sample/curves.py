"""How signatures come in over days and hours: an early burst, a spike after the news, a last push, or a trickle."""

import math
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from edem.config.sample.reading import Curve
from edem.kernel.deadlines import KYIV, kyiv_day

_HOURS: Final = (3, 2, 1, 1, 1, 2, 6, 14, 24, 30, 33, 34, 36, 32, 28, 27, 29, 34, 42, 50, 55, 48, 30, 13)
"""How many of a thousand sign in each hour of the day: at lunch, and most of all after supper."""
_WEEKEND: Final = 0.72


def signing_moments(rng: Random, *, curve: Curve, count: int, begins: datetime, ends: datetime) -> list[datetime]:
    """`count` moments between two, in order."""
    first = kyiv_day(begins)
    days = [first + timedelta(days=number) for number in range((kyiv_day(ends) - first).days + 1)]
    shape = _SHAPES[curve](rng, len(days))
    weights = [
        shape(number) * rng.lognormvariate(0, 0.45) * (_WEEKEND if day.weekday() > 4 else 1)
        for number, day in enumerate(days)
    ]
    chosen = rng.choices(days, weights=weights, k=count)
    return sorted(_moment(rng, datetime.combine(day, time(), tzinfo=KYIV), begins, ends) for day in chosen)


def _moment(rng: Random, midnight: datetime, begins: datetime, ends: datetime) -> datetime:
    hour = rng.choices(range(24), weights=_HOURS)[0]
    at = midnight + timedelta(hours=hour, seconds=rng.randrange(3600), microseconds=rng.randrange(1_000_000))
    if begins < at < ends:
        return at
    earliest, latest = max(begins, midnight), min(ends, midnight + timedelta(days=1))
    return earliest + (latest - earliest) * (0.02 + 0.96 * rng.random())


Shape = Callable[[int], float]


def _burst(rng: Random, days: int) -> Shape:
    fades = max(1.5, days * rng.uniform(0.08, 0.16))
    return lambda day: math.exp(-day / fades) + 0.07


def _spike(rng: Random, days: int) -> Shape:
    """A few friends sign; then a newspaper writes about it."""
    news = int(days * rng.uniform(0.25, 0.7))
    return lambda day: 0.06 + 0.3 * math.exp(-day / 2) + (math.exp(-(day - news) / 1.8) * 2.2 if day >= news else 0)


def _steady(rng: Random, _days: int) -> Shape:
    wave = rng.uniform(5, 11)
    return lambda day: 1 + 0.35 * math.sin(day / wave) + 0.8 * math.exp(-day / 3)


def _slow(rng: Random, _days: int) -> Shape:
    fades = rng.uniform(2.5, 4.5)
    return lambda day: math.exp(-day / fades) * 3 + 0.25


def _tail(rng: Random, days: int) -> Shape:
    """The author goes from door to door when the end is near."""
    push = days * rng.uniform(0.75, 0.85)
    return lambda day: 0.3 + 0.7 * math.exp(-day / 4) + (1.6 if day >= push else 0)


_SHAPES: Final[Mapping[Curve, Callable[[Random, int], Shape]]] = {
    "burst": _burst,
    "spike": _spike,
    "steady": _steady,
    "slow": _slow,
    "tail": _tail,
}
