"""Numbers as Ukrainians write them, and the three forms of the word beside them."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from edem.kernel.errors import Invalid

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009\t")
_MAX_DIGITS = 30
_FEW = range(2, 5)
_TEENS = range(11, 15)


def number(value: float | Decimal, *, places: int | None = None) -> str:
    """«1 234,5»: groups of three, a comma, a true minus; `places` fixes the digits after the comma."""
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{abs(exact):f}".partition(".")
    if places is None:
        rest = rest.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", NO_BREAK_SPACE)
    sign = MINUS if exact < 0 and (int(whole) or rest.strip("0")) else ""
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"


def percent(share: float | Decimal, *, places: int = 0) -> str:
    """A share of one as «12,5 %»."""
    return f"{number(Decimal(str(share)) * 100, places=places)}{NO_BREAK_SPACE}%"


def number_from(text: str) -> Decimal:
    """Read what a person typed: «1 234,5», «1234.5», «−7»."""
    plain = text.translate(_SPACES).replace(MINUS, "-").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(plain) > _MAX_DIGITS or "e" in plain.lower():
        raise Invalid("number.unreadable", text=text[:_MAX_DIGITS])
    return value


def plural(n: int, one: str, few: str, many: str) -> str:
    """«1 підпис», «2 підписи», «5 підписів», «11 підписів», «21 підпис»: the word alone, without the number."""
    ones = abs(n) % 10
    if abs(n) % 100 in _TEENS:
        return many
    if ones == 1:
        return one
    return few if ones in _FEW else many
