"""In which settlement a report is, as far as its address says. Pure."""

from collections.abc import Sequence

from edem.kernel.ukrainian import normalise
from edem.kernel.ukrainian.settlements import BEFORE_A_NAME


def settlement_named(address: str, settlements: Sequence[tuple[str, str]]) -> str:
    """Its code; empty when none is named, or two are. «вул. Київська» names a street, «Київська» alone no village."""
    parts = [_plain(part) for part in address.split(",")]
    found = {code for code, name in settlements if any(part == _plain(name) for part in parts)}
    return found.pop() if len(found) == 1 else ""


def _plain(text: str) -> str:
    return " ".join(BEFORE_A_NAME.sub("", normalise(text).casefold()).split())
