"""«Перевірити підпис»: anyone brings a signed file and reads what is known of it. Nothing is stored."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edem.foundation.files.upload import UnstoredUpload
from edem.foundation.identity.signatures.checking import check_signature, check_size
from edem.foundation.identity.signatures.forms import SignatureForm
from edem.foundation.identity.signatures.limits import LIMITS
from edem.foundation.identity.signatures.report import Line, Report, SignerReport, report_of
from edem.foundation.identity.signatures.sentences import unreadable_words
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request
from edem.kernel.errors import Unavailable
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.verdict import Outcome
from edem.ui.answers.answers import Answer
from edem.ui.refusals import refusals_shown_on

TONES = {
    Outcome.VALID: "success",
    Outcome.UNDECIDED: "warning",
    Outcome.VALID_UNTRUSTED_ROOT: "warning",
    Outcome.NOT_VALID: "danger",
}


@dataclass(frozen=True)
class SignerOnPage:
    report: SignerReport
    facts: tuple[Answer, ...]
    details: tuple[Answer, ...]


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def verify_signature(request: Request) -> HttpResponse:
    """The verdict stands on the answer to the form itself: there is nothing to redirect to."""
    is_sent = request.method == "POST"
    form = SignatureForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    facts: dict[str, Any] = {"form": form, "megabytes": settings.EDEM.kep_largest_mb, "report": None, "signers": ()}
    if form.is_valid():
        with refusals_shown_on(form):
            LIMITS.check_may_ask(request.META.get("REMOTE_ADDR", ""), moment=monotonic())
            report = _report(request, form)
            if report is not None:
                facts |= {"report": report, "tone": TONES[report.outcome], "signers": _signers(report)}
    return render(request, "identity/verify_signature.html", facts, status=form.status)


def _report(request: Request, form: SignatureForm) -> Report | None:
    """None when the file cannot be read as a signature: then the form says so."""
    signed = _bytes_of(form.cleaned_data["signed"])
    if signed is None:
        return None
    try:
        verdict = check_signature(signed, _bytes_of(form.cleaned_data["content"]), now=request.now)
    except Unreadable as fault:
        form.add_refusal(gettext(unreadable_words(fault.code)), field=_field(fault))
        return None
    return report_of(verdict, say=gettext)


def _field(fault: Unreadable) -> str:
    return "content" if fault.code == "cms.content_needed" else "signed"


def _bytes_of(uploads: "list[UploadedFile[bytes]]") -> bytes | None:
    """What is too big has been dropped on its way here: its size alone is known."""
    if not uploads:
        return None
    if isinstance(uploads[0], UnstoredUpload):
        raise Unavailable("files.no_room")
    check_size(uploads[0].size or 0)
    content: bytes = uploads[0].read()
    return content


def _signers(report: Report) -> list[SignerOnPage]:
    return [SignerOnPage(each, _answers(each.lines), _answers(each.details)) for each in report.signers]


def _answers(lines: tuple[Line, ...]) -> tuple[Answer, ...]:
    return tuple(Answer(question=line.label, answer=line.value) for line in lines)
