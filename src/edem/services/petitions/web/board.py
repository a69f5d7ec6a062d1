"""The officer's board: one page with every petition that waits for someone."""

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.petitions.queries.board import COLUMNS, Wanted, board_of
from edem.services.petitions.queries.charters import CODE, read_version
from edem.services.petitions.rules.lifecycle import STATES
from edem.ui.forms import Form, offer

READERS: Final = (Role.OFFICER, Role.MAYOR, Role.CONTROL, Role.AUDITOR, Role.MODERATOR, Role.COMMUNITY_ADMIN)


class BoardForm(Form):
    state = forms.ChoiceField(label=gettext_lazy("Стан"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Тема"), required=False)
    overdue = forms.BooleanField(label=gettext_lazy("Лише прострочене"), required=False)

    def __init__(self, *args: Any, categories: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "state", [("", _("Усі стани")), *((each.value, _(STATES[each].label)) for each in COLUMNS)])
        offer(self, "category", [("", _("Усі теми")), *((each, _(each)) for each in categories)])

    def wanted(self) -> Wanted:
        """What can be read of the filters; what cannot is as if it were not asked."""
        self.is_valid()
        typed = self.cleaned_data
        return Wanted(
            state=typed.get("state", ""), category=typed.get("category", ""), overdue=typed.get("overdue", False)
        )


@open_to(staff.having(*READERS))
@require_safe
def board(request: PersonalRequest) -> HttpResponse:
    charter = read_version(charter_in_force(request.community.pk, CODE, now=request.now).pk)
    form = BoardForm(request.GET, categories=charter.categories)
    facts = {"board": board_of(request.community, form.wanted(), now=request.now), "form": form, "now": request.now}
    return render(request, "petitions/board.html", facts)
