"""A form with a place on the map: <map-pin> writes into its fields; without scripts they stay empty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Point
from edem.ui.forms import Form


class PinForm(Form):
    lat = forms.FloatField(widget=forms.HiddenInput, required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        try:
            typed["point"] = pin_of(typed)
        except Invalid as wrong:
            raise forms.ValidationError(_("Позначте місце на мапі ще раз.")) from wrong
        return typed


def pin_of(typed: dict[str, Any]) -> Point | None:
    lat, lon = typed.get("lat"), typed.get("lon")
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        raise Invalid("geo.not_a_point")
    return Point(lat, lon)
