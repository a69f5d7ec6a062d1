"""The control body's board of clocks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from edem.foundation.communities.charter_words import term_words
from edem.foundation.communities.models import Community
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.reports.queries.advice import advice_in, charter_or_usual
from edem.services.reports.queries.control import Column, board_of
from edem.services.reports.queries.organisations import organisations_offered
from edem.services.reports.rules.terms import WATCHED, term_named
from edem.ui.chart.chart import Bars
from edem.ui.forms import Form, offer

READERS: Final = (Role.CONTROL, Role.MODERATOR, Role.MAYOR, Role.AUDITOR, Role.COMMUNITY_ADMIN)


class BoardForm(Form):
    organisation = forms.TypedChoiceField(
        label=gettext_lazy("Організація"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", [("", _("Усі організації")), *organisations_offered(community)])

    def organisation_id(self) -> int | None:
        """What cannot be read is as if it were not asked."""
        self.is_valid()
        found: int | None = self.cleaned_data.get("organisation")
        return found


@open_to(staff.having(*READERS))
@require_safe
def board(request: PersonalRequest) -> HttpResponse:
    form = BoardForm(request.GET, community=request.community)
    columns = board_of(request.community, organisation_id=form.organisation_id(), now=request.now)
    terms = terms_of(request.community, now=request.now)
    facts = {
        "columns": [(each, terms.get(each.code, "")) for each in columns],
        "picture": picture_of(columns),
        "form": form,
        "now": request.now,
        "advice": advice_in(request.community, now=request.now),
    }
    return render(request, "reports/control.html", facts)


def terms_of(community: Community, *, now: datetime) -> Mapping[str, str]:
    """As the rules in force have them; a report keeps those that it was sent under."""
    charter = charter_or_usual(community, now=now)
    return {name: term_words(term_named(charter, name)) for name in WATCHED}


def picture_of(columns: Sequence[Column]) -> Bars | None:
    """How much is late by each term; none where nothing is, or where there was more than one counts."""
    if not any(each.late for each in columns) or any(each.late_is_more for each in columns):
        return None
    rows = tuple((_(each.label) if each.label else _("Ні в кого"), each.late) for each in columns)
    return Bars(title=_("Прострочено"), unit=_("повідомлень"), rows=rows, first_column=_("Строк"))
