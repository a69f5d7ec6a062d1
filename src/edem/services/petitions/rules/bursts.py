"""How finely signatures are shown over time: a week and a burst of ten seconds both fit one chart."""

from datetime import timedelta
from typing import Final

MOST_BARS: Final = 13
STEPS: Final = (
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=28),
)


def step_for(span: timedelta) -> timedelta:
    """The finest step at which the span takes no more than the bars that fit; the coarsest for what is longer."""
    return next((step for step in STEPS if span < step * (MOST_BARS - 1)), STEPS[-1])
