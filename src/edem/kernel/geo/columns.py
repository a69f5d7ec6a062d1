"""Many points as columns of whole numbers in JSON: differences from row to row, which pack well and parse fast."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from pydantic_core import to_json

from edem.kernel.errors import Invalid

SCALE: Final = 1_000_000
"""Degrees are written in millionths: a tenth of a metre."""


_MOST_RUNS: Final = 20
Numbers = Sequence[int] | npt.NDArray[np.int64]


def write_columns(columns: Mapping[str, Numbers], *, deltas: Collection[str] = ()) -> bytes:
    """Every column as long as the others; the named ones as differences from the row before."""
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise ValueError("columns of different lengths")
    written = {name: _written(column, in_steps=name in deltas) for name, column in columns.items()}
    head = to_json({"count": lengths.pop() if lengths else 0, "deltas": sorted(deltas)}).removesuffix(b"}")
    return head + b"".join(b"," + to_json(name) + b":" + column for name, column in written.items()) + b"}"


def read_columns(text: bytes) -> dict[str, list[int]]:
    """What the page's worker does in JavaScript."""
    whole = json.loads(text)
    if not isinstance(whole, dict) or not {"count", "deltas"} <= set(whole):
        raise Invalid("geo.not_columns")
    columns = {name: column for name, column in whole.items() if name not in {"count", "deltas"}}
    return {
        name: np.cumsum(np.array(column, dtype=np.int64)).tolist() if name in whole["deltas"] else column
        for name, column in columns.items()
    }


def _written(column: Numbers, *, in_steps: bool) -> bytes:
    numbers = np.asarray(column, dtype=np.int64)
    told = np.diff(numbers, prepend=0) if in_steps else numbers
    ends = np.flatnonzero(np.diff(told)) + 1 if len(told) else told
    return to_json(told.tolist()) if len(ends) > _MOST_RUNS or not len(told) else _runs(told, ends)


def _runs(told: "npt.NDArray[np.int64]", ends: "npt.NDArray[np.int64]") -> bytes:
    """A column of few long runs, such as one sorted by: each number is written once and repeated."""
    lengths = np.diff(ends, prepend=0, append=len(told)).tolist()
    firsts = told[[0, *ends.tolist()]].tolist()
    runs = (b"%d," % number * length for number, length in zip(firsts, lengths, strict=True))
    return b"[" + b"".join(runs).removesuffix(b",") + b"]"
