"""The desk's page of a text that was taken down: the words, the ground, and showing it again by somebody else."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.petitions.actions.hiding import show_text
from edem.services.petitions.queries.hiding import hidden_text
from edem.services.petitions.rules.hiding import LONGEST_NOTE
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on


class ShowForm(Form):
    note = forms.CharField(
        label=_("Чому текст можна показати знову"),
        help_text=_("Це прочитають усі на сторінці петиції."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@open_to(staff.having(Role.MODERATOR, Role.OFFICER))
@never_cache
@require_http_methods(["GET", "POST"])
def show(request: PersonalRequest, petition_id: int) -> HttpResponse:
    hiding = hidden_text(request.community, petition_id)
    form = ShowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            show_text(petition_id, note=form.cleaned_data["note"], by=request.person, now=request.now)
            return redirect("petitions:card", petition_id)
    facts = {
        "hiding": hiding,
        "petition": hiding.petition,
        "form": form,
        "may_show": hiding.hidden_by_id != request.person.pk,
    }
    return render(request, "petitions/text_show.html", facts, status=form.status)
