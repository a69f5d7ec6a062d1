"""The executor on the street: one task on a telephone, with an account or by a contractor's link."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.people.access import anyone, open_to, staff
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.reports.actions.assigning import mark_seen
from edem.services.reports.actions.doing_tasks import send_task, send_task_by_link
from edem.services.reports.actions.task_links import note_opened
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.cases import case_of
from edem.services.reports.queries.task_links import open_task
from edem.services.reports.queries.tasks import Task, task_by_link, task_of, tasks_of
from edem.services.reports.web.organisation_forms import TaskForm
from edem.ui.refusals import refusals_shown_on


@open_to(staff.having(Role.EXECUTOR, Role.WORKER))
@require_safe
def tasks(request: PersonalRequest) -> HttpResponse:
    facts = {
        "tasks": tasks_of(request.person, request.community.pk),
        "now": request.now,
        "advice": advice_in(request.community, now=request.now),
    }
    return render(request, "reports/tasks.html", facts)


@open_to(staff.having(Role.EXECUTOR, Role.WORKER))
@require_http_methods(["GET", "POST"])
def task(request: PersonalRequest, report_id: int) -> HttpResponse:
    found = case_of(request.community, report_id, reader=request.person, now=request.now)
    if request.method == "GET" and found.is_held_now:
        mark_seen(report_id, [found.held.organisation_id], now=request.now)

    def act(form: TaskForm) -> None:
        send_task(
            report_id,
            text=form.cleaned_data["text"],
            photos=form.photos(),
            sending=form.cleaned_data["sending"],
            by=request.person,
            now=request.now,
        )

    return _page(request, task_of(found.report, found.held, now=request.now), act)


@open_to(anyone)
@require_http_methods(["GET", "POST"])
def task_by_address(request: CommunityRequest, token: str) -> HttpResponse:
    """Whoever has the sealed address may do this one task; it is not for search machines or anybody's memory."""
    found = open_task(token, community_id=request.community.pk, now=request.now)
    note_opened(found, now=request.now)

    def act(form: TaskForm) -> None:
        send_task_by_link(
            token,
            text=form.cleaned_data["text"],
            photos=form.photos(),
            sending=form.cleaned_data["sending"],
            community_id=request.community.pk,
            now=request.now,
        )

    response = _page(request, task_by_link(found, now=request.now), act)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: CommunityRequest, shown: Task, act: Callable[[TaskForm], None]) -> HttpResponse:
    posted = request.method == "POST"
    form = TaskForm(request.POST if posted else None, request.FILES if posted else None)
    response: HttpResponse | None = None
    if posted and form.is_valid():
        with refusals_shown_on(form):
            act(form)
            response = _done(request, words=form.cleaned_data["text"])
    if response is None and posted and _asks_json(request):
        words = " ".join(str(each) for errors in form.errors.values() for each in errors)
        response = JsonResponse({"message": words}, status=form.status)
    facts = {"task": shown, "form": form, "advice": advice_in(request.community, now=request.now)}
    response = response or render(request, "reports/task.html", facts, status=form.status)
    response["Cache-Control"] = "no-store"
    return response


def _done(request: CommunityRequest, *, words: str) -> HttpResponse:
    messages.success(request, _("Дякуємо! Організація отримала ваш звіт.") if words else _("Фото додано."))
    return JsonResponse({"ok": True}) if _asks_json(request) else redirect(request.get_full_path())


def _asks_json(request: CommunityRequest) -> bool:
    """The script that sends what waited in the telephone."""
    return request.headers.get("Accept", "").startswith("application/json")
