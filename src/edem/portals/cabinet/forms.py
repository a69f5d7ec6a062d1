"""What a resident chooses in the cabinet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.ui.forms import Form, offer


class TopicsForm(Form):
    topics = forms.MultipleChoiceField(label=_("Писати мені про"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topics", topics)
