"""A verdict laid out for reading: a headline, who and when, each check with its reason. For page and command."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from edem.foundation.identity.signatures import sentences
from edem.kernel.kep.verdict import Check, Outcome, Result, Signer, SignerVerdict, Verdict

KYIV: Final = ZoneInfo("Europe/Kyiv")
Say = Callable[[str], str]
"""Translates: the page by gettext, the command not at all."""


@dataclass(frozen=True, kw_only=True)
class Line:
    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    name: str
    result: str
    why: str
    is_passed: bool
    is_failed: bool


@dataclass(frozen=True, kw_only=True)
class SignerReport:
    outcome: Outcome
    headline: str
    who: str
    when: str
    lines: tuple[Line, ...]
    """What most people want to know."""
    details: tuple[Line, ...]
    checks: tuple[CheckLine, ...]

    @property
    def concerns(self) -> tuple[CheckLine, ...]:
        """What is not well: said above the folded details."""
        return tuple(check for check in self.checks if not check.is_passed)


@dataclass(frozen=True, kw_only=True)
class Report:
    outcome: Outcome
    headline: str
    lead: str
    signers: tuple[SignerReport, ...]
    unsigned_files: tuple[str, ...]


def report_of(verdict: Verdict, *, say: Say) -> Report:
    return Report(
        outcome=verdict.outcome,
        headline=say(sentences.HEADLINES[verdict.outcome]),
        lead=say(sentences.LEADS[verdict.outcome]),
        signers=tuple(_signer(each, say=say) for each in verdict.signers),
        unsigned_files=tuple(
            say(sentences.UNSIGNED_FILE).format(file=file.name) for file in verdict.files if not file.is_signed
        ),
    )


def _signer(found: SignerVerdict, *, say: Say) -> SignerReport:
    return SignerReport(
        outcome=found.outcome,
        headline=say(sentences.HEADLINES[found.outcome]),
        who=found.signer.name if found.signer else say(sentences.UNKNOWN_SIGNER),
        when=_when(found, say=say),
        lines=tuple(_lines(found, say=say)),
        details=tuple(_details(found, say=say)),
        checks=tuple(_check(check, say=say) for check in found.checks),
    )


def _when(found: SignerVerdict, *, say: Say) -> str:
    evidence = say(sentences.TIMES[found.time_evidence])
    return f"{_moment(found.signed_at)} ({evidence})" if found.signed_at else evidence


def _lines(found: SignerVerdict, *, say: Say) -> Iterator[Line]:
    signer = found.signer
    if signer is not None:
        label = "seal" if signer.is_seal else "name"
        yield Line(label=say(sentences.LABELS[label]), value=signer.name)
        for name in ("organisation", "position", "edrpou"):
            yield from _line(name, getattr(signer, name), say=say)
    yield Line(label=say(sentences.LABELS["signed_at"]), value=_when(found, say=say))
    if found.covers:
        yield from _line("covers", ", ".join(found.covers), say=say)


def _details(found: SignerVerdict, *, say: Say) -> Iterator[Line]:
    if found.signer is not None:
        yield from _of_certificate(found.signer, say=say)
    if found.claimed_at is not None and found.claimed_at != found.signed_at:
        yield from _line("claimed_at", _moment(found.claimed_at), say=say)
    yield from _line("level", f"CAdES-{found.level}", say=say)
    algorithms = (say(sentences.algorithm_words(slug)) for slug in dict.fromkeys(found.algorithms))
    yield from _line("algorithms", ", ".join(algorithms), say=say)


def _of_certificate(signer: Signer, *, say: Say) -> Iterator[Line]:
    for name in ("tax_number", "document", "unzr", "issuer"):
        yield from _line(name, getattr(signer, name), say=say)
    # In fours: people compare it with paper, and a phone's screen is narrow.
    fours = " ".join(signer.serial[place : place + 4] for place in range(0, len(signer.serial), 4))
    yield from _line("serial", fours, say=say)
    yield from _line("validity", f"{_moment(signer.valid_from)} – {_moment(signer.valid_until)}", say=say)
    yield from _line("qualified", say(sentences.YES if signer.is_qualified else sentences.NO), say=say)


def _line(name: str, value: str, *, say: Say) -> Iterator[Line]:
    if value:
        yield Line(label=say(sentences.LABELS[name]), value=value)


def _check(check: Check, *, say: Say) -> CheckLine:
    words, facts = sentences.why_words(check)
    local = {name: fact.astimezone(KYIV) if isinstance(fact, datetime) else fact for name, fact in facts.items()}
    return CheckLine(
        name=say(sentences.CHECK_NAMES[check.name]),
        result=say(sentences.RESULTS[check.result]),
        why=say(words).format_map(local) if words else "",
        is_passed=check.result is Result.PASSED,
        is_failed=check.result is Result.FAILED,
    )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(KYIV):%d.%m.%Y %H:%M}"
