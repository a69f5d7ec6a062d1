"""Which export is wanted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.services.petitions.rules.exports import EXPORT_LABELS, ExportKind
from edem.ui.forms import Form, offer


class ExportForm(Form):
    kind = forms.ChoiceField(label=_("Що підготувати"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[ExportKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind.value, gettext(EXPORT_LABELS[kind])) for kind in kinds])
