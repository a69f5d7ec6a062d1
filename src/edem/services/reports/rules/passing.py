"""The words with which a report is given away."""

from typing import Final

from edem.kernel.errors import Invalid

REASON_MIN: Final = 10
REASON_MAX: Final = 1_000


def check_reason(reason: str) -> None:
    """Everybody reads it on the card: «не наше» alone tells nobody anything."""
    if not REASON_MIN <= len(reason.strip()) <= REASON_MAX:
        raise Invalid("report.reason_length", least=REASON_MIN, most=REASON_MAX, field="reason")
