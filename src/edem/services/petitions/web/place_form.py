"""Where a petition is about, as people type it: a settlement, an address, a pin for whoever has scripts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.services.petitions.rules.places import WORDS_MAX, Place
from edem.ui.forms import offer
from edem.ui.pins import PinForm

Choices = list[tuple[str, str]]


class PlaceForm(PinForm):
    settlement = forms.ChoiceField(label=_("Населений пункт"), required=False)
    place = forms.CharField(
        label=_("Місце"), max_length=WORDS_MAX, required=False, help_text=_("Вулиця, будинок, парк — якщо є.")
    )

    def __init__(self, *args: Any, settlements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "settlement", [("", _("Уся громада")), *settlements])

    def typed_place(self) -> Place:
        typed = self.cleaned_data
        return Place(settlement_code=typed["settlement"], words=typed["place"], point=typed["point"])
