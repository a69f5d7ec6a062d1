"""The organisation's cabinet at the desk: its queue by the clock, one case on one page, and acts on many at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.communities.models import Organisation
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing, NotAllowed, Refused
from edem.services.reports.actions.accepting import Executor, accept_report
from edem.services.reports.actions.assigning import appoint_executor, each_of, inform_head, mark_seen
from edem.services.reports.actions.task_links import make_link, revoke_link
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.cases import (
    Case,
    case_of,
    executor_named,
    executors_of,
    numbers_of,
    own_organisations,
    pictures_of,
    story_of,
    templates_of,
)
from edem.services.reports.queries.matrix import category_choices
from edem.services.reports.queries.queues import PAGE, Wanted, queue_of
from edem.services.reports.queries.reading import report_page
from edem.services.reports.queries.task_links import address_of_task
from edem.services.reports.rules.cabinet import ACT_LABELS, IN_BULK, OF_ROLE, PURPOSE_LABELS, Act, folded
from edem.services.reports.web.chain import chain_of
from edem.services.reports.web.organisation_acts import FORMS, TAKE, WITH_TEMPLATES
from edem.services.reports.web.organisation_forms import BulkForm, LinkForm, QueueForm
from edem.ui.refusals import refusals_shown_on, sentence_of

IN_ORGANISATION: Final = (Role.WORKER, Role.HEAD, Role.EXECUTOR)
MARKED_MOST: Final = PAGE
_LONGEST_FILTERS: Final = 1_000


@open_to(staff.having(*IN_ORGANISATION))
@require_safe
def queue(request: PersonalRequest) -> HttpResponse:
    """Whoever works in several organisations chooses; the first is shown meanwhile."""
    own = own_organisations(request.person, request.community.pk)
    if not own:
        raise NotAllowed("report.no_organisation")
    organisation, roles = _chosen(own, request.GET.get("organisation", ""))
    form = QueueForm(request.GET, categories=category_choices(request.community.pk))
    page = queue_of(organisation.pk, _wanted(form, request.person), now=request.now, number=_number(request))
    facts = {
        "organisation": organisation,
        "own": [each for each, _ in own],
        "form": form,
        "page": page,
        "acts": [(act, ACT_LABELS[act]) for act in _bulk_acts(roles)],
        "may_appoint": Act.APPOINT in _bulk_acts(roles),
        "executors": executors_of(organisation.pk),
        "now": request.now,
        "is_worker": not roles.isdisjoint({Role.WORKER, Role.HEAD}),
        "filters": _filters(request),
        "advice": advice_in(request.community, now=request.now),
    }
    return render(request, "reports/organisation.html", facts)


@open_to(staff.having(*IN_ORGANISATION))
@require_POST
def in_bulk(request: PersonalRequest, organisation_id: int) -> HttpResponse:
    """What one report refuses does not keep the others; each refusal is said with its number."""
    organisation, roles = _own(request, organisation_id)
    form = _bulk_form(request, organisation, roles)
    back = HttpResponseRedirect(f"{reverse('reports:organisation')}?{_narrowed_as_before(request, organisation)}")
    if not form.is_valid():
        for errors in form.errors.values():
            messages.warning(request, " ".join(map(str, errors)))
        return back
    done, refused = each_of(form.cleaned_data["marked"], _act_on_each(form, organisation, request.person, request.now))
    _tell(request, done, refused)
    return back


@open_to(staff.having(*IN_ORGANISATION))
@require_safe
def case(request: PersonalRequest, report_id: int) -> HttpResponse:
    found = case_of(request.community, report_id, reader=request.person, now=request.now)
    if found.is_held_now:
        mark_seen(report_id, [found.held.organisation_id], now=request.now)
    return render(request, "reports/work.html", _case_facts(request, found))


@open_to(staff.having(*IN_ORGANISATION))
@require_http_methods(["GET", "POST"])
def act(request: PersonalRequest, report_id: int, act: str) -> HttpResponse:
    found = case_of(request.community, report_id, reader=request.person, now=request.now)
    wanted = next((each for each in found.acts if each == act), None)
    if wanted is None:
        raise Missing("report.no_such_step")
    if wanted is Act.LINK:
        return _link(request, found)
    posted = request.method == "POST"
    initial = {"text": _template_text(request, found)} if wanted in WITH_TEMPLATES else {}
    form = FORMS[wanted](
        request.POST if posted else None, request.FILES if posted else None, case=found, initial=initial
    )
    if posted and form.is_valid():
        with refusals_shown_on(form):
            TAKE[wanted](form, request.person, request.now)
            return redirect("reports:work", report_id)
    facts = {
        "case": found,
        "report": found.report,
        "act": wanted,
        "label": ACT_LABELS[wanted],
        "form": form,
        "templates": templates_of(found.held.organisation_id) if wanted in WITH_TEMPLATES else [],
        "photos_added": len(pictures_of(found.report)[1]) if wanted is Act.CLOSE else 0,
        "advice": advice_in(request.community, now=request.now),
    }
    return render(request, "reports/work_act.html", facts, status=form.status)


@open_to(staff.having(Role.WORKER, Role.HEAD))
@require_POST
def cancel_link(request: PersonalRequest, report_id: int, link_id: UUID) -> HttpResponse:
    case_of(request.community, report_id, reader=request.person, now=request.now)
    revoke_link(report_id, link_id, by=request.person, now=request.now)
    return redirect("reports:work", report_id)


def _link(request: PersonalRequest, found: Case) -> HttpResponse:
    """The address is shown on this one page and kept nowhere."""
    form = LinkForm(request.POST if request.method == "POST" else None, case=found)
    facts = {"case": found, "report": found.report, "form": form, "address": ""}
    facts["advice"] = advice_in(request.community, now=request.now)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            typed = form.cleaned_data
            token = make_link(
                found.report.pk, name=typed["name"], days=typed["days"], by=request.person, now=request.now
            )
            facts["address"] = address_of_task(request.community, token)
    response = render(request, "reports/work_link.html", facts, status=form.status)
    response["Cache-Control"] = "no-store"
    return response


def _case_facts(request: PersonalRequest, found: Case) -> dict[str, object]:
    page = report_page(request.community, found.report.pk, reader=request.person, now=request.now)
    next_one = found.next_act
    return {
        "case": found,
        "report": found.report,
        "story": story_of(found),
        "page": page,
        "chain": chain_of(page),
        "next_act": next_one,
        "next_label": ACT_LABELS[next_one] if next_one else "",
        "folds": [
            (PURPOSE_LABELS[purpose], [(each, ACT_LABELS[each]) for each in acts])
            for purpose, acts in folded(found.acts, next_one=next_one)
        ],
        "may_cancel": Act.LINK in found.acts,
        "advice": advice_in(request.community, now=request.now),
        "now": request.now,
    }


def _template_text(request: HttpRequest, found: Case) -> str:
    wanted = request.GET.get("template", "")
    return next((each.text for each in templates_of(found.held.organisation_id) if str(each.pk) == wanted), "")


def _chosen(own: list[tuple[Organisation, frozenset[str]]], wanted: str) -> tuple[Organisation, frozenset[str]]:
    return next((each for each in own if str(each[0].pk) == wanted), own[0])


def _own(request: PersonalRequest, organisation_id: int) -> tuple[Organisation, frozenset[str]]:
    own = own_organisations(request.person, request.community.pk)
    found = next((each for each in own if each[0].pk == organisation_id), None)
    if found is None:
        raise NotAllowed("report.not_held_by_you")
    return found


def _wanted(form: QueueForm, reader: Person) -> Wanted:
    """What can be read of the filters; what cannot is as if it were not asked."""
    form.is_valid()
    typed = form.cleaned_data
    return Wanted(
        state=typed.get("state", ""),
        category=typed.get("category", ""),
        text=typed.get("q", ""),
        is_overdue=typed.get("overdue", False),
        executor_id=reader.pk if typed.get("mine") else None,
    )


def _filters(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _narrowed_as_before(request: HttpRequest, organisation: Organisation) -> str:
    kept = QueryDict(request.POST.get("filters", "")[:_LONGEST_FILTERS], mutable=True)
    kept["organisation"] = str(organisation.pk)
    return kept.urlencode()


def _number(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 1  # noqa: PLR2004 - there are no thousand pages


def _bulk_acts(roles: frozenset[str]) -> list[Act]:
    offered = frozenset().union(*(OF_ROLE.get(role, frozenset()) for role in roles))
    return [each for each in IN_BULK if each in offered]


def _bulk_form(request: PersonalRequest, organisation: Organisation, roles: frozenset[str]) -> BulkForm:
    marked = [int(each) for each in request.POST.getlist("marked") if each.isdecimal()][:MARKED_MOST]
    return BulkForm(
        request.POST,
        acts=[each.value for each in _bulk_acts(roles)],
        marked=list(numbers_of(request.community.pk, marked)),
        executors=[(str(pk), name) for pk, name in executors_of(organisation.pk)],
    )


def _act_on_each(form: BulkForm, organisation: Organisation, by: Person, now: datetime) -> Callable[[int], None]:
    typed = form.cleaned_data
    executor_id = UUID(typed["executor"]) if typed["executor"] else None
    person = executor_named(organisation.pk, executor_id) if executor_id else None
    match Act(typed["act"]):
        case Act.ACCEPT:
            executor = Executor(name=typed["name"], person=person) if person or typed["name"] else None
            return lambda pk: accept_report(pk, by=by, now=now, executor=executor)
        case Act.APPOINT:
            return lambda pk: appoint_executor(pk, executor_id=executor_id, name=typed["name"], by=by, now=now)
        case _:
            return lambda pk: inform_head(pk, by=by, now=now)


def _tell(request: PersonalRequest, done: int, refused: list[tuple[int, Refused]]) -> None:
    if done:
        words = ngettext("Зроблено для %(count)s повідомлення.", "Зроблено для %(count)s повідомлень.", done)
        messages.success(request, words % {"count": done})
    numbers = numbers_of(request.community.pk, [pk for pk, _ in refused])
    for pk, refusal in refused:
        messages.warning(request, f"№ {numbers.get(pk, pk)}: {sentence_of(refusal)}")
