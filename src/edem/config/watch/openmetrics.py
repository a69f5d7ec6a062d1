"""Writes figures as OpenMetrics 1.0 text: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any, Final

CONTENT_TYPE: Final = b"application/openmetrics-text; version=1.0.0; charset=utf-8"


@dataclass(frozen=True)
class Sample:
    labels: Mapping[str, str]
    value: float
    suffix: str = ""


@dataclass(frozen=True, kw_only=True)
class Family:
    name: str
    kind: str
    help_text: str
    samples: Sequence[Sample]
    unit: str = ""


def as_text(families: Iterable[Family]) -> str:
    return "".join(f"{line}\n" for family in families for line in _lines(family)) + "# EOF\n"


def _lines(family: Family) -> Iterator[str]:
    if not family.samples:
        return
    yield f"# TYPE {family.name} {family.kind}"
    if family.unit:
        yield f"# UNIT {family.name} {family.unit}"
    yield f"# HELP {family.name} {_escaped(family.help_text)}"
    for sample in family.samples:
        suffix = sample.suffix or ("_total" if family.kind == "counter" else "")
        yield f"{family.name}{suffix}{_labels(sample.labels)} {_number(sample.value)}"


def _labels(labels: Mapping[str, str]) -> str:
    written = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{written}}}" if written else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def families_told(told: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Family]:
    """Join what the processes told: one family for each name, `process` says whose each number is."""
    flat = [(figure["name"], process, figure) for process, figures in told.items() for figure in figures]
    flat.sort(key=lambda each: each[:2])
    return [
        _joined([(process, figure) for _, process, figure in group])
        for _, group in groupby(flat, key=lambda each: each[0])
    ]


def _joined(told: Sequence[tuple[str, Mapping[str, Any]]]) -> Family:
    first = told[0][1]
    samples = [sample for process, figure in told for sample in _samples(process, figure)]
    return Family(
        name=first["name"], kind=first["kind"], help_text=first["help"], unit=first["unit"], samples=samples
    )  # fmt: skip


def _samples(process: str, figure: Mapping[str, Any]) -> Iterator[Sample]:
    for values_of_labels, numbers in figure["series"]:
        labels = dict(zip(figure["labels"], values_of_labels, strict=True)) | {"process": process}
        if figure["kind"] == "histogram":
            yield from _buckets(labels, figure["bounds"], numbers)
        else:
            yield Sample(labels, numbers[0])


def _buckets(labels: Mapping[str, str], bounds: Sequence[float], numbers: Sequence[float]) -> Iterator[Sample]:
    """Each bucket holds what the smaller ones hold too."""
    *counts, total = numbers
    names = [*(repr(float(bound)) for bound in bounds), "+Inf"]
    upward = list(accumulate(counts))
    for name, count in zip(names, upward, strict=True):
        yield Sample({**labels, "le": name}, count, "_bucket")
    yield Sample(labels, upward[-1], "_count")
    yield Sample(labels, total, "_sum")
