"""A message in our mailbox: somebody's answer to a letter, or a letter that came back."""

from datetime import datetime

from edem.foundation.notices.bouncing import take_returned
from edem.foundation.notices.replies.taking import take_answer
from edem.foundation.notices.returned import Verdict


def take_message(raw: bytes, *, now: datetime) -> Verdict:
    """Reading the same message again changes nothing."""
    verdict = take_answer(raw, now=now)
    return take_returned(raw, now=now) if verdict is Verdict.NOT_OURS else verdict
