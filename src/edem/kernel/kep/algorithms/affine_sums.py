"""Sums of many points without projective coordinates: all additions of a round share one inversion.

An affine addition then costs five multiplications and a squaring; a mixed one (points.py) eight and five.
"""

from collections.abc import Iterator, Sequence

from edem.kernel.kep.algorithms.points import Affine, Law, Projective


def sum_of(law: Law, points: Sequence[Affine]) -> Affine | None:
    """Pairs, then pairs of their sums; none of the points may be of order two. None is infinity."""
    left = list(points)
    while len(left) > 1:
        pairs = list(zip(left[::2], left[1::2], strict=False))
        odd = left[-1:] if len(left) % 2 else []
        left = [point for point in added_all(law, pairs) if point is not None] + odd
    return left[0] if left else None


def added_all(law: Law, pairs: Sequence[tuple[Affine, Affine]]) -> list[Affine | None]:
    """Each pair's sum; a point with itself is doubled, with its opposite gives infinity."""
    slopes = [_slope(law, one, other) for one, other in pairs]
    inverses = iter(law.field.inverses([run for rise_run in slopes if rise_run for run in rise_run[1:]]))
    return [
        _third(law, one, other, law.field.multiply(rise_run[0], next(inverses))) if rise_run else None
        for (one, other), rise_run in zip(pairs, slopes, strict=True)
    ]


def _slope(law: Law, one: Affine, other: Affine) -> tuple[int, int] | None:
    """Of the chord or of the tangent, as a fraction."""
    run = one[0] ^ other[0]
    if run:
        return one[1] ^ other[1], run
    return (law.field.square(one[0]) ^ one[1], one[0]) if one == other else None


def _third(law: Law, one: Affine, other: Affine, slope: int) -> Affine:
    x, y = one
    third_x = law.field.square(slope) ^ slope ^ x ^ other[0] ^ law.a
    return third_x, law.field.multiply(slope, x ^ third_x) ^ third_x ^ y


class Multiples:
    """A known point's multiples for every digit at every place: multiplying it takes additions only."""

    def __init__(self, law: Law, point: Affine, *, bits: int, width: int) -> None:
        self._width = width
        starts = _powers(law, point, count=-(-(bits + 1) // width), width=width)
        rows = [starts]
        for _ in range((1 << width - 1) - 1):
            sums = added_all(law, list(zip(rows[-1], starts, strict=True)))
            rows.append([one for one in sums if one is not None])
        # By place, then by digit.
        self._places = list(zip(*rows, strict=True))

    def terms(self, number: int) -> Iterator[Affine]:
        """Points whose sum is the number times the point: digits from −2^(w−1) to 2^(w−1)."""
        whole, half = 1 << self._width, 1 << self._width - 1
        for multiples in self._places:
            digit = number & whole - 1
            number >>= self._width
            if digit > half:
                digit -= whole
                number += 1
            if digit:
                x, y = multiples[abs(digit) - 1]
                yield (x, y) if digit > 0 else (x, x ^ y)


def _powers(law: Law, point: Affine, *, count: int, width: int) -> list[Affine]:
    """The point times 1, 2^w, 2^2w and so on."""
    powers: list[Projective] = [(*point, 1)]
    for _ in range(count - 1):
        power = powers[-1]
        for _ in range(width):
            power = law.doubled(power)
        powers.append(power)
    return law.affine(powers)
