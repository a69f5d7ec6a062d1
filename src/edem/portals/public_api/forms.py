"""The form by which the administrator makes a key."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.communities.models import Community, Organisation
from edem.foundation.communities.queries import organisations_of
from edem.portals.public_api.admission import WITH_KEY
from edem.portals.public_api.api import scopes
from edem.portals.public_api.keys import LIVES, KeyFacts
from edem.ui.forms import Form, offer

SLOW, FAST = 300, 30_000


class KeyForm(Form):
    name = forms.CharField(label=_("Для якої програми ключ"), max_length=100)
    organisation = forms.ChoiceField(label=_("Організація"), required=False)
    scopes = forms.MultipleChoiceField(label=_("Що дозволити"), widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(label=_("Скільки діє"), widget=forms.RadioSelect)
    per_minute = forms.IntegerField(
        label=_("Запитів на хвилину"), min_value=1, max_value=FAST, initial=WITH_KEY, required=False
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in organisations_of(community.pk).filter(closed_at=None)}
        named = [(pk, organisation.name) for pk, organisation in self.known.items()]
        offer(self, "organisation", [("", gettext("Уся громада")), *named])
        offer(self, "scopes", [(scope.code, gettext(scope.words)) for scope in scopes()])
        lives = [(f"{days}", ngettext("%(n)d день", "%(n)d днів", days) % {"n": days}) for days in LIVES]
        offer(self, "days", lives)
        self.fields["days"].initial = f"{LIVES[-1]}"

    def clean_organisation(self) -> Organisation | None:
        return self.known.get(self.cleaned_data["organisation"])

    def facts(self) -> KeyFacts:
        given = {name: self.cleaned_data[name] for name in ("name", "organisation", "scopes", "per_minute")}
        return KeyFacts(**given, days=int(self.cleaned_data["days"]))
