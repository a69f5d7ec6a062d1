"""Why something may be refused or taken back, in words and with the clause behind them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class GroundLook:
    label: str
    clause: str
    hides_text: bool = False
    """The public record then keeps number, date and ground, but not the text."""
