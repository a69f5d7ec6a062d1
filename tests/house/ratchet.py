"""Bounds that only tighten: what is over a limit today may shrink, and is struck off when it fits."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

RATCHET = Path(__file__).with_name("ratchet.toml")


def faults(kind: str, sizes: Mapping[str, int], *, limit: int) -> list[str]:
    """Whatever is over the limit and over its own bound, and every bound that has become too loose."""
    bounds: Mapping[str, int] = tomllib.loads(RATCHET.read_text(encoding="utf-8")).get(kind, {})
    grown = [
        f"{name}: {size}, at most {bounds.get(name, limit)}"
        for name, size in sizes.items()
        if size > max(limit, bounds.get(name, limit))
    ]
    loose = [
        f"{name}: tighten its bound in ratchet.toml to {sizes.get(name, 0)}" + (" (strike it off)" if fits else "")
        for name, bound in bounds.items()
        if (fits := sizes.get(name, 0) <= limit) or sizes[name] < bound
    ]
    return grown + loose
