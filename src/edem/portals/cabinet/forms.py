"""What a resident chooses in the cabinet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.notices.following import rhythm_choices
from edem.ui.forms import Form, offer


class RowRhythmForm(Form):
    """How often, for one thing that is followed."""

    rhythm = forms.ChoiceField(label=_("Як часто"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rhythm", rhythm_choices())


class TopicsForm(Form):
    topics = forms.MultipleChoiceField(
        label=_("Писати мені поштою про"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topics", topics)
