"""A community's own cross-stitch: a band and an emblem drawn from its KATOTTG code, the same every time."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from edem.ui.ornament_motifs import BETWEEN, EDGES, MAINS

CELL = 5
"""Units of one stitch in the drawing; a stitch itself leaves half a unit of cloth on each side."""
ROWS = 15
THREADS = ("var(--thread)", "var(--thread-2)")

Cloth = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Design:
    """What the code chose: a motif, what stands between two of them, the edge, the distance, which thread leads."""

    main: str
    between: int
    edge: int
    distance: int
    is_swapped: bool


def design(code: str) -> Design:
    chance = int.from_bytes(hashlib.sha256(code.encode()).digest(), "big")
    chance, main = divmod(chance, len(MAINS))
    chance, between = divmod(chance, len(BETWEEN))
    chance, edge = divmod(chance, len(EDGES))
    chance, distance = divmod(chance, 2)
    return Design(main=list(MAINS)[main], between=between, edge=edge, distance=1 + distance, is_swapped=chance % 3 == 0)


@lru_cache(maxsize=4096)
def cloth(code: str) -> Cloth:
    """One period of the band, ROWS stitches high: `x` first thread, `o` second, `.` bare cloth."""
    chosen = design(code)
    gap = "." * chosen.distance
    pairs = zip(_whole(MAINS[chosen.main]), _whole(BETWEEN[chosen.between]), strict=True)
    rows = [main + gap + between + gap for main, between in pairs]
    width = len(rows[0])
    edge = _edge(EDGES[chosen.edge], width)
    bare = "." * width
    whole = (edge, bare, *rows, bare, edge)
    return tuple(row.translate(str.maketrans("xo", "ox")) for row in whole) if chosen.is_swapped else whole


@lru_cache(maxsize=4096)
def band(code: str, *, height: int = 30, threads: tuple[str, str] = THREADS) -> str:
    """The band across a page: one motif stands exactly in the middle, the rest go off both edges."""
    rows = cloth(code)
    width, scale = len(rows[0]) * CELL, height / (ROWS * CELL)
    middle = _main_width(code) * CELL / 2
    name = f"o{hashlib.sha256(code.encode()).hexdigest()[:6]}"
    return (
        f'<svg class="ornament" aria-hidden="true" xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}">'
        f'<defs><pattern id="{name}" width="{width}" height="{ROWS * CELL}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:g}) translate({-middle:g})">{_paths(rows, threads)}</pattern></defs>'
        f'<svg x="50%" overflow="visible"><rect x="-3000" width="6000" height="{height}" fill="url(#{name})"/></svg>'
        "</svg>"
    )


@lru_cache(maxsize=4096)
def emblem(code: str, *, size: int = 36, threads: tuple[str, str] = THREADS) -> str:
    """The motif alone in a square: for a community without a coat of arms, for empty states, receipts and icons."""
    rows = _square(_whole(MAINS[design(code).main]), is_swapped=design(code).is_swapped)
    side = len(rows) * CELL
    return (
        f'<svg class="emblem" aria-hidden="true" xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="0 0 {side} {side}">{_paths(rows, threads)}</svg>'
    )


def _whole(half: Sequence[str]) -> list[str]:
    rows = [row + row[-2::-1] for row in half]
    return rows if len(rows) > ROWS // 2 else rows + rows[-2::-1]


def _main_width(code: str) -> int:
    return len(_whole(MAINS[design(code).main])[0])


def _edge(stitches: str, width: int) -> str:
    return (stitches * width)[:width] if stitches else "." * width


def _square(rows: list[str], *, is_swapped: bool) -> list[str]:
    side = max(len(rows), len(rows[0]))
    above = (side - len(rows)) // 2
    empty = "." * side
    padded = [empty] * above + [row.center(side, ".") for row in rows] + [empty] * (side - len(rows) - above)
    return [row.translate(str.maketrans("xo", "ox")) for row in padded] if is_swapped else padded


def _paths(rows: Sequence[str], threads: tuple[str, str]) -> str:
    drawn = ((colour, "".join(_stitches(rows, mark))) for mark, colour in zip("xo", threads, strict=True))
    return "".join(f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="2"/>' for colour, way in drawn if way)


def _stitches(rows: Sequence[str], mark: str) -> Iterator[str]:
    for y, row in enumerate(rows):
        for x, stitch in enumerate(row):
            if stitch == mark:
                is_next = x > 0 and row[x - 1] == mark
                yield "m5-3" if is_next else f"M{x * CELL + 1} {y * CELL + 1}"
                yield "l3 3m0-3l-3 3"
