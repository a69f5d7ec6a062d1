"""The author's page of news: what was told, what waits for the moderator, and a place to write more."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.services.petitions.actions.updating import tell_news
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.pages import petition_of_author
from edem.services.petitions.queries.updates import updates_of_author
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.updates import UPDATE_MAX, may_be_told_of
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

STATES = {
    "waiting": _("На перевірці в модератора"),
    "public": _("Оприлюднено"),
    "refused": _("Модератор не оприлюднив"),
    "hidden": _("Приховав модератор"),
    "lapsed": _("Не набуло чинності"),
}


class UpdateForm(Form):
    text = forms.CharField(
        label=_("Що нового"),
        max_length=UPDATE_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Що зроблено, що змінилося, чим допомогти. Лист отримають усі, хто стежить за петицією."),
    )


@open_to(residents)
@require_http_methods(["GET", "POST"])
def updates(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    form = UpdateForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            tell_news(petition.pk, form.cleaned_data["text"], by=request.person, now=request.now)
            return redirect("petitions:updates", petition.pk)
    facts = {
        "petition": petition,
        "form": form,
        "told": [(STATES[each.state], each) for each in updates_of_author(petition)],
        "may_tell": may_be_told_of(State(petition.state)),
        "pause": charter_of(petition).update_pause_days,
    }
    return render(request, "petitions/updates.html", facts, status=form.status)
