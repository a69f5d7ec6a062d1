"""«Мій двір»: a circle on the map or a street to be written to about."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from edem.foundation.notices.following import rhythm_choices
from edem.foundation.notices.subjects import Rhythm
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.places.queries import settlements_of
from edem.kernel.geo.points import Point
from edem.services.reports.actions.watching import watch_circle, watch_street
from edem.services.reports.queries.tiles import box_of
from edem.services.reports.rules.watching import RADII
from edem.services.reports.web.mapping import edges_of
from edem.ui.forms import Form, offer
from edem.ui.maps import map_setup
from edem.ui.refusals import refusals_shown_on

USUAL_RADIUS = 500


class WatchForm(Form):
    street = forms.CharField(
        label=_("Вулиця"),
        required=False,
        max_length=120,
        help_text=_("Наприклад, «вул. Садова». Або поставте позначку на мапі."),
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    radius = forms.TypedChoiceField(label=_("Як далеко від позначки"), coerce=int)
    rhythm = forms.ChoiceField(label=_("Як часто писати"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "radius", [(str(metres), gettext(words)) for metres, words in RADII.items()])
        offer(self, "rhythm", rhythm_choices())

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not typed.get("street") and self.place(typed) is None and not self.errors:
            self.add_error("street", gettext("Напишіть вулицю або поставте позначку на мапі."))
        return typed

    @staticmethod
    def place(typed: dict[str, Any]) -> Point | None:
        lat, lon = typed.get("lat"), typed.get("lon")
        return None if lat is None or lon is None else Point(lat, lon)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def watch(request: PersonalRequest) -> HttpResponse:
    usual = {"radius": USUAL_RADIUS, "rhythm": Rhythm.IMMEDIATE}
    form = WatchForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_valid():
        with refusals_shown_on(form):
            keep(request, form)
            messages.success(
                request, gettext("Ми напишемо, коли тут з’явиться повідомлення. Змінити чи зупинити — у кабінеті.")
            )
            return redirect("reports:map")
    box = box_of(request.community)
    facts = {
        "form": form,
        "setup": map_setup(),
        "bounds": edges_of(box),
        "settlements": settlements_of(request.community.katottg),
    }
    return render(request, "reports/watch.html", facts, status=form.status)


def keep(request: PersonalRequest, form: WatchForm) -> None:
    """A place on the map says more than the name of a street; without it the street is watched."""
    typed, place = form.cleaned_data, form.place(form.cleaned_data)
    rhythm = Rhythm(typed["rhythm"])
    if place is None:
        title = gettext("Вулиця: %(street)s") % {"street": typed["street"]}
        watch_street(request.community, typed["street"], title=title, rhythm=rhythm, by=request.person, now=request.now)
        return
    about = typed["street"] or f"{place.lat:.4f}, {place.lon:.4f}"
    title = gettext("%(metres)s м навколо: %(place)s") % {"metres": typed["radius"], "place": about}
    watch_circle(
        request.community, place, typed["radius"], title=title, rhythm=rhythm, by=request.person, now=request.now
    )
