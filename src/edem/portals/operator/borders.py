"""The community's border: drawn on the map, pasted or sent as GeoJSON."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.communities.actions import change_border, remove_border
from edem.foundation.communities.border import NEAR_M, border_of
from edem.foundation.people.access import open_to
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.geo.areas import Area
from edem.portals.operator.acting import ADMINISTRATORS, done, pen_of, posted
from edem.ui.areas import AreaFileField, AreaTextField, typed_area
from edem.ui.forms import Form
from edem.ui.maps import UKRAINE, map_setup
from edem.ui.refusals import refusals_shown_on


class BorderForm(Form):
    area = AreaTextField(
        label=gettext_lazy("Межа"), help_text=gettext_lazy("Намалюйте на мапі внизу або вставте GeoJSON.")
    )
    area_file = AreaFileField()
    found: Area | None = None

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        self.found = typed_area(self, typed)
        if self.found is None and not self.errors:
            self.add_error("area", _("Намалюйте межу або додайте файл."))
        return typed


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def border(request: PersonalRequest) -> HttpResponse:
    known = border_of(request.community.pk)
    shown = {"area": json.dumps(known.geojson())} if known else {}
    form = BorderForm(posted(request), request.FILES if request.method == "POST" else None, initial=shown)
    if form.is_valid() and form.found:
        with refusals_shown_on(form):
            change_border(request.community.pk, form.found, record=pen_of(request), now=request.now)
            return done(request, _("Межу громади збережено."), "operator:border")
    page = {"form": form, "known": known, "near_m": round(NEAR_M), "setup": map_setup(), "bounds": json.dumps(UKRAINE)}
    return render(request, "operator/border.html", page, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def border_away(request: PersonalRequest) -> HttpResponse:
    remove_border(request.community.pk, record=pen_of(request), now=request.now)
    return done(request, _("Межу прибрано. Повідомлення приймаються з будь-якого місця в Україні."), "operator:border")
