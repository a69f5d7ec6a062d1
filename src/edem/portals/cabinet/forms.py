"""What a resident chooses in the cabinet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.ui.forms import Form


class TopicsForm(Form):
    topics = forms.MultipleChoiceField(label=_("Писати мені про"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, topics: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
