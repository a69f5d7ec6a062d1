"""«Поскаржитися», and the moderator's page of one thing: what it says, who reported it and why, what was decided."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.catalog.moderated import ModeratedKind, ModeratedThing
from edem.foundation.moderation.actions import report_content
from edem.foundation.moderation.deciding import approve_thing, hide_thing
from edem.foundation.moderation.forms import APPROVE, HIDE, DecisionForm, ReportForm
from edem.foundation.moderation.models import ContentReport, ModerationCase
from edem.foundation.moderation.queries import cases_of, kind_of, open_case_of, reports_on, thing_of
from edem.foundation.moderation.rules import DECISION_LABELS, REPORT_REASONS, Decision, ReportReason, Subject
from edem.foundation.people.access import open_to, residents, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@require_http_methods(["GET", "POST"])
def report(request: PersonalRequest, service: str, kind: str, subject_id: str) -> HttpResponse:
    """A reader says that something should not stand here; the first report opens a moderator's case."""
    subject = Subject(service=service, kind=kind, subject_id=subject_id)
    thing = thing_of(request.community, subject)
    if not thing.is_public:
        raise Missing("moderation.no_such_thing")
    form = ReportForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            report_content(
                subject,
                community_id=request.community.pk,
                title=thing.title,
                path=path_of(subject),
                reporter=request.person,
                reason=form.reported_for(),
                words=form.cleaned_data["words"],
                now=request.now,
            )
            return redirect("moderation:reported", service, kind, subject_id)
    return render(request, "moderation/report.html", {"form": form, "thing": thing}, status=form.status)


@open_to(residents)
@require_safe
def reported(request: PersonalRequest, service: str, kind: str, subject_id: str) -> HttpResponse:
    thing = thing_of(request.community, Subject(service=service, kind=kind, subject_id=subject_id))
    return render(request, "moderation/reported.html", {"thing": thing})


@open_to(staff.having(Role.MODERATOR))
@require_http_methods(["GET", "POST"])
def case(request: PersonalRequest, service: str, kind: str, subject_id: str) -> HttpResponse:
    subject = Subject(service=service, kind=kind, subject_id=subject_id)
    of_kind, thing = kind_of(request.community, subject), thing_of(request.community, subject)
    waiting = open_case_of(subject, community_id=request.community.pk)
    form = DecisionForm(request.POST or None, choices=choices_of(of_kind, thing))
    if waiting and form.is_valid():
        with refusals_shown_on(form):
            decide(request, subject, form)
            return redirect("moderation:case", service, kind, subject_id)
    earlier = cases_of(subject, community_id=request.community.pk).exclude(decided_at=None)
    facts = {
        "thing": thing,
        "label": of_kind.label,
        "case": waiting,
        "form": form,
        "reports": [(REPORT_REASONS[ReportReason(each.reason)], each) for each in reports_on(waiting)]
        if waiting
        else [],
        "earlier": [(DECISION_LABELS[Decision(each.decision)], each) for each in earlier],
    }
    return render(request, "moderation/case.html", facts, status=form.status)


def decide(request: PersonalRequest, subject: Subject, form: DecisionForm) -> None:
    typed = form.cleaned_data
    if typed["decision"] == APPROVE:
        approve_thing(request.community, subject, by=request.person, now=request.now)
        return
    ground, reason = typed["ground"], typed["reason"]
    hide_thing(request.community, subject, ground_code=ground, reason=reason, by=request.person, now=request.now)


def told_on(waiting: ModerationCase | None) -> list[tuple[str, ContentReport]]:
    """Each report with its reason in words; who reported stays unsaid."""
    reports = reports_on(waiting) if waiting else ()
    return [(REPORT_REASONS[ReportReason(each.reason)], each) for each in reports]


def choices_of(kind: ModeratedKind, thing: ModeratedThing) -> list[tuple[str, str]]:
    approve = (APPROVE, _("Залишити") if thing.is_public else _("Оприлюднити"))
    hide = (HIDE, _("Приховати") if thing.is_public else _("Не оприлюднювати"))
    return [approve, hide] if kind.hide else [approve]


def path_of(subject: Subject) -> str:
    """The moderator's page of a thing, within the community."""
    return f"/moderation/{subject.service}/{subject.kind}/{subject.subject_id}/"
