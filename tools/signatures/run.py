"""Checks signed files offline: neither a database nor the network, no settings but the folder of trusted certificates.

The exit code is the worst of all files: 0 good, 3 good but the root is not trusted, 1 not valid, 2 not readable.
Offline nobody can say whether a certificate was revoked, unless the file itself or a note beside it (`notes.py`) has
the proof: then «not everything was checked» is printed and the code is 0; with --strict it is 4.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from edem.foundation.identity.signatures.report import CheckLine, Line, Report, SignerReport, report_of
from edem.foundation.identity.signatures.sentences import unreadable_words
from edem.foundation.identity.signatures.trusted import Trusted, trusted_in
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.verdict import Outcome, Verdict
from edem.kernel.kep.verifying import Evidence, verify
from tools.signatures.notes import NO_NOTE, note_beside

VALID, NOT_VALID, UNREADABLE, UNTRUSTED, UNDECIDED = 0, 1, 2, 3, 4
WORST_FIRST = (NOT_VALID, UNREADABLE, UNTRUSTED, UNDECIDED, VALID)


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    if options.content is not None and len(options.files) > 1:
        print("--content goes with one signature.", file=sys.stderr)
        return UNREADABLE
    try:
        trusted = _trusted(options.trust)
        content = options.content.read_bytes() if options.content else None
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return UNREADABLE
    now = datetime.now(UTC)  # the command is an edge
    codes = {checked(file, content, trusted=trusted, now=now, options=options) for file in options.files}
    return next(code for code in WORST_FIRST if code in codes)


def checked(file: Path, content: bytes | None, *, trusted: Trusted, now: datetime, options: argparse.Namespace) -> int:
    try:
        note = NO_NOTE if options.now else note_beside(file)
        verdict = verify(
            file.read_bytes(),
            content=content if content is not None else note.content,
            trust=trusted.trust,
            evidence=Evidence(certificates=trusted.others) + note.evidence,
            now=note.at or now,
        )
    except OSError as fault:
        print(f"{fault.filename or file}: {fault.strerror}", file=sys.stderr)
        return UNREADABLE
    except Unreadable as fault:
        print(f"{file}\n  {unreadable_words(fault.code)} ({fault})", file=sys.stderr)
        return UNREADABLE
    report = report_of(verdict, say=str)
    told = as_json(file, verdict, report, at=note.at) if options.json else {}
    print(json.dumps(told, ensure_ascii=False) if told else as_text(file, report, at=note.at))
    return code_of(verdict.outcome, is_strict=options.strict)


def code_of(outcome: Outcome, *, is_strict: bool) -> int:
    codes = {
        Outcome.VALID: VALID,
        Outcome.NOT_VALID: NOT_VALID,
        Outcome.VALID_UNTRUSTED_ROOT: UNTRUSTED,
        Outcome.UNDECIDED: UNDECIDED if is_strict else VALID,
    }
    return codes[outcome]


def as_text(file: Path, report: Report, *, at: datetime | None) -> str:
    as_of = [f"  Станом на {at:%d.%m.%Y %H:%M} ({at.tzname()}), як каже {file.name}.json."] if at else []
    lines = [str(file), f"  {report.headline}. {report.lead}", *as_of, *(f"  {each}" for each in report.unsigned_files)]
    for signer in report.signers:
        lines += ["", *_signer(signer)]
    return "\n".join(lines) + "\n"


def _signer(signer: SignerReport) -> list[str]:
    named = [_line(line) for line in (*signer.lines, *signer.details)]
    return [f"  {signer.headline}", *named, *map(_check, signer.checks)]


def _check(check: CheckLine) -> str:
    mark = "✓" if check.is_passed else "✗" if check.is_failed else "—"
    return f"    {mark} {check.name}: {check.result}{'. ' if check.why else ''}{check.why}"


def _line(line: Line) -> str:
    return f"    {line.label}: {line.value}"


def as_json(file: Path, verdict: Verdict, report: Report, *, at: datetime | None) -> dict[str, Any]:
    """One object a file, for programs: codes beside the words."""
    return {
        "file": str(file),
        "outcome": verdict.outcome,
        "headline": report.headline,
        "form": verdict.form,
        "as_of": at.isoformat() if at else None,
        "signers": [
            {
                "outcome": found.outcome,
                "name": found.signer.name if found.signer else None,
                "edrpou": found.signer.edrpou if found.signer else None,
                "tax_number": found.signer.tax_number if found.signer else None,
                "signed_at": found.signed_at.isoformat() if found.signed_at else None,
                "time_evidence": found.time_evidence,
                "level": found.level,
                "algorithms": list(found.algorithms),
                "checks": [{"name": check.name, "result": check.result, "why": check.why} for check in found.checks],
            }
            for found in verdict.signers
        ],
    }


def _trusted(folder: Path | None) -> Trusted:
    trusted = trusted_in(folder)
    for name in trusted.unreadable:
        print(f"{name}: no certificate in it", file=sys.stderr)
    return trusted


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./edem verify-signature", description="Check signed files (КЕП) offline.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="p7s, asics, asice")
    parser.add_argument("--content", type=Path, metavar="FILE", help="what a detached signature was made of")
    usual = os.environ.get("EDEM_TRUST_DIR")
    parser.add_argument(
        "--trust",
        type=Path,
        metavar="DIR",
        default=Path(usual) if usual else None,
        help="trusted certificates; EDEM_TRUST_DIR otherwise",
    )
    parser.add_argument("--now", action="store_true", help="judge as of now, whatever a note beside the file says")
    parser.add_argument("--strict", action="store_true", help="exit with 4 when not everything could be checked")
    parser.add_argument("--json", action="store_true", help="one JSON object a file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
