"""What staff decide on the desk's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.correction_rules import LONGEST_REASON
from edem.ui.forms import Form


class RefusalForm(Form):
    reason = forms.CharField(
        label=_("Чому ви відмовляєте?"),
        help_text=_("Людина прочитає це в кабінеті. Без номерів документів і телефонів."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
