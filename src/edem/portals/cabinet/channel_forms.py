"""By which channels each topic comes, and what a browser says of itself when it is to take messages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.contacts.devices import LONGEST
from edem.foundation.notices.channels import Choice
from edem.ui.forms import Form, offer


class ChannelsForm(Form):
    mailed = forms.MultipleChoiceField(label=_("Листом"), required=False, widget=forms.CheckboxSelectMultiple)
    texted = forms.MultipleChoiceField(
        label=_("SMS"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Лише найважливіше: обліковий запис, відповідь на вашу петицію, слухання."),
    )
    pushed = forms.MultipleChoiceField(
        label=_("Повідомленням у браузері"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, choices: Sequence[Choice], with_texts: bool, with_pushes: bool, **kwargs: Any
    ) -> None:
        initial = {
            "mailed": [each.topic for each in choices if each.is_mailed],
            "texted": [each.topic for each in choices if each.is_texted],
            "pushed": [each.topic for each in choices if each.is_pushed],
        }
        super().__init__(*args, initial=initial, **kwargs)
        self._kept = initial
        every = [(each.topic, gettext(each.words)) for each in choices]
        offer(self, "mailed", every)
        offer(self, "texted", [(each.topic, gettext(each.words)) for each in choices if each.may_be_texted])
        offer(self, "pushed", every)
        for name, is_there in (("texted", with_texts), ("pushed", with_pushes)):
            if not is_there:
                del self.fields[name]

    def chosen(self) -> dict[str, list[str]]:
        """A channel that is not offered today keeps what was chosen before."""
        return {name: self.cleaned_data.get(name, kept) for name, kept in self._kept.items()}


class DeviceForm(Form):
    endpoint = forms.CharField(max_length=LONGEST)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)
