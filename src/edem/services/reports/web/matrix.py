"""The matrix at the desk: the rules in their order; every change is tried on the last days before it is saved."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing
from edem.services.reports.actions.matrix import MatrixChange, change_matrix, matrix_with
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.matrix import (
    MatrixLine,
    category_choices,
    matrix_lines,
    open_organisations,
    uncovered,
)
from edem.services.reports.queries.matrix_areas import shapes_of
from edem.services.reports.queries.matrix_trial import Trial, learnt, trial_of
from edem.services.reports.queries.tiles import box_of
from edem.services.reports.rules.matrix_change import LOOKED_BACK_DAYS, Way
from edem.services.reports.web.mapping import edges_of
from edem.services.reports.web.matrix_forms import RuleForm, SeenForm
from edem.ui.maps import map_setup
from edem.ui.refusals import refusals_shown_on

KEEPERS: Final = (Role.COMMUNITY_ADMIN, Role.CONTROL)
_MOVES: Final = {"remove": Way.REMOVE, "raise": Way.RAISE, "lower": Way.LOWER}


@open_to(staff.having(*KEEPERS))
@require_safe
def matrix(request: PersonalRequest) -> HttpResponse:
    facts = {
        "lines": matrix_lines(request.community.pk),
        "uncovered": uncovered(request.community.pk),
        "proposals": learnt(request.community.pk, now=request.now),
        "shapes": shapes_of(request.community.pk),
    } | _beside(request)
    return render(request, "reports/matrix.html", facts)


@open_to(staff.having(*KEEPERS))
@require_http_methods(["GET", "POST"])
def add_rule(request: PersonalRequest) -> HttpResponse:
    """A proposal learnt from «не наше» comes filled in; its area is made anew, never taken from the address."""
    form = _rule_form(request, Way.ADD, initial=_proposed(request))
    return _tried_or_saved(request, form, Way.ADD, None)


@open_to(staff.having(*KEEPERS))
@require_http_methods(["GET", "POST"])
def change_rule(request: PersonalRequest, rule_id: int) -> HttpResponse:
    line = _line(request, rule_id)
    form = _rule_form(request, Way.CHANGE, initial=_initial(line))
    return _tried_or_saved(request, form, Way.CHANGE, rule_id)


@open_to(staff.having(*KEEPERS))
@require_http_methods(["GET", "POST"])
def move_rule(request: PersonalRequest, rule_id: int, way: str) -> HttpResponse:
    """Taking away, up or down: the page is the dry run, its button does it."""
    line = _line(request, rule_id)
    if way not in _MOVES:
        raise Missing("report.matrix_rule_missing")
    change = MatrixChange(way=_MOVES[way], rule_id=rule_id)
    form = SeenForm(request.POST or None, initial={"seen": change.digest(request.community.pk)})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        form.data = {"seen": change.digest(request.community.pk)}  # what the page sends when this try is refused
        with refusals_shown_on(form):
            change_matrix(request.community.pk, change, seen=seen, by=request.person, now=request.now)
            return redirect("reports:matrix")
    facts = {"line": line, "way": way, "form": form, "trial": _trial(request, change), "days": LOOKED_BACK_DAYS}
    facts |= _beside(request)
    return render(request, "reports/matrix_move.html", facts, status=form.status)


def _tried_or_saved(request: PersonalRequest, form: RuleForm, way: Way, rule_id: int | None) -> HttpResponse:
    facts = {"form": form, "is_new": way is Way.ADD, "days": LOOKED_BACK_DAYS} | _beside(request)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data.get("place") if way is Way.ADD else rule_id
        change = MatrixChange(way=way, rule_id=place, draft=form.draft())
        with refusals_shown_on(form):
            seen = form.cleaned_data["seen"]
            if seen and seen == change.digest(request.community.pk):
                change_matrix(request.community.pk, change, seen=seen, by=request.person, now=request.now)
                return redirect("reports:matrix")
            facts |= {"trial": _trial(request, change), "is_again": bool(seen)}
            form.show_checked(change.digest(request.community.pk))
            return render(request, "reports/matrix_check.html", facts)
    return render(request, "reports/matrix_rule.html", facts, status=form.status)


def _beside(request: PersonalRequest) -> dict[str, Any]:
    """The map, and whom to ask (the act, §5.5)."""
    return {
        "setup": map_setup(),
        "bounds": edges_of(box_of(request.community)),
        "advice": advice_in(request.community, now=request.now),
    }


def _trial(request: PersonalRequest, change: MatrixChange) -> Trial:
    return trial_of(request.community.pk, matrix_with(request.community.pk, change), now=request.now)


def _rule_form(request: PersonalRequest, way: Way, *, initial: Mapping[str, Any]) -> RuleForm:
    pk = request.community.pk
    return RuleForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=initial,
        categories=category_choices(pk),
        organisations=open_organisations(pk),
        places=[(line.rule.pk, _words(line)) for line in matrix_lines(pk)],
        way=way,
    )


def _words(line: MatrixLine) -> str:
    category = line.rule.category
    return f"{line.place}. {category.title if category else '—'} → {line.main}"


def _line(request: PersonalRequest, rule_id: int) -> MatrixLine:
    found = next((line for line in matrix_lines(request.community.pk) if line.rule.pk == rule_id), None)
    if found is None:
        raise Missing("report.matrix_rule_missing")
    return found


def _initial(line: MatrixLine) -> dict[str, Any]:
    targets = list(line.rule.targets.all())
    main = next((each for each in targets if each.is_main), None)
    return {
        "category": line.rule.category.code if line.rule.category else "",
        "area": json.dumps(line.rule.area) if line.rule.area else "",
        "main": main.organisation_id if main else None,
        "helpers": [each.organisation_id for each in targets if not each.is_main],
        "substitute": main.substitute_id if main else None,
        "note": line.rule.note,
    }


def _proposed(request: PersonalRequest) -> dict[str, Any]:
    wanted = request.GET.get("learnt", "")
    for each in learnt(request.community.pk, now=request.now) if wanted else ():
        proposed = each.proposed
        if wanted == each.key:
            first = next((line.rule.pk for line in matrix_lines(request.community.pk)), None)
            return {
                "category": proposed.category,
                "area": json.dumps(proposed.area) if proposed.area else "",
                "main": proposed.to_id,
                "substitute": proposed.from_id,
                "place": first,
            }
    return {}
