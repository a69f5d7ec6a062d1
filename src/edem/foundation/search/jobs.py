"""What search does by the clock."""

from datetime import datetime

from edem.foundation.events.readers import daily
from edem.foundation.search.words import count_words


@daily(at="03:40")
def count_words_anew(now: datetime) -> None:  # noqa: ARG001 - every scheduled job is told the time
    count_words()
