"""Money: hryvnias counted in whole kopiykas, so that nothing is ever lost in rounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Self

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import number, number_from

SIGN = "₴"
_NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, order=True)
class Hryvnias:
    """An amount of money. Made from kopiykas, or from what a person or a file wrote by `read`."""

    kopiykas: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """«1 234,50», «1234.5 грн», «−7 ₴»; a fraction of a kopiyka is refused, never rounded."""
        amount = number_from(text.strip().removesuffix(SIGN).removesuffix("грн.").removesuffix("грн"))
        kopiykas = amount * 100
        if kopiykas != kopiykas.to_integral_value():
            raise Invalid("money.finer_than_kopiyka", text=text[:30])
        return cls(int(kopiykas))

    @property
    def amount(self) -> Decimal:
        return Decimal(self.kopiykas).scaleb(-2)

    def __add__(self, other: "Hryvnias") -> "Hryvnias":
        return Hryvnias(self.kopiykas + other.kopiykas)

    def __sub__(self, other: "Hryvnias") -> "Hryvnias":
        return Hryvnias(self.kopiykas - other.kopiykas)

    def __neg__(self) -> "Hryvnias":
        return Hryvnias(-self.kopiykas)

    def __mul__(self, times: int) -> "Hryvnias":
        return Hryvnias(self.kopiykas * times)

    def __bool__(self) -> bool:
        return self.kopiykas != 0

    def __str__(self) -> str:
        places = 2 if self.kopiykas % 100 else 0
        return f"{number(self.amount, places=places)}{_NO_BREAK_SPACE}{SIGN}"

    def share(self, part: Fraction | Decimal) -> "Hryvnias":
        """A part of the amount to the nearest kopiyka, halves up."""
        exact = Fraction(self.kopiykas) * Fraction(part)
        rounded = Decimal(exact.numerator) / Decimal(exact.denominator)
        return Hryvnias(int(rounded.quantize(Decimal(1), rounding=ROUND_HALF_UP)))

    def split(self, weights: Sequence[int]) -> tuple["Hryvnias", ...]:
        """Shares by weight that add up to the whole: spare kopiykas go to the largest remainders."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights are not negative, and one of them is more than nought")
        shares = [divmod(self.kopiykas * weight, total) for weight in weights]
        spare = self.kopiykas - sum(whole for whole, _ in shares)
        luckiest = sorted(range(len(shares)), key=lambda place: (-shares[place][1], place))[:spare]
        return tuple(Hryvnias(whole + (place in luckiest)) for place, (whole, _) in enumerate(shares))


def total(amounts: Sequence[Hryvnias]) -> Hryvnias:
    return Hryvnias(sum(each.kopiykas for each in amounts))
