"""What a resident says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.discussions.rules import LONGEST
from edem.ui.forms import Form


class CommentForm(Form):
    text = forms.CharField(
        label=_("Ваш допис"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Говоріть про справу, а не про людину. Ваше ім’я побачать усі."),
    )
