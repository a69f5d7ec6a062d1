"""What a reader says of a thing they report, and what the moderator decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.moderation.rules import HIDING_GROUNDS, LONGEST_WORDS, REPORT_REASONS, ReportReason
from edem.ui.forms import Form

APPROVE, HIDE = "approve", "hide"


class ReportForm(Form):
    reason = forms.ChoiceField(
        label=_("Що не так"),
        widget=forms.RadioSelect,
        choices=[(reason.value, _(label)) for reason, label in REPORT_REASONS.items()],
    )
    words = forms.CharField(
        label=_("Поясніть"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )

    def reported_for(self) -> ReportReason:
        return ReportReason(self.cleaned_data["reason"])


class DecisionForm(Form):
    decision = forms.ChoiceField(label=_("Рішення"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("Підстава, якщо приховуєте"),
        required=False,
        choices=[("", _("Виберіть підставу")), *((code, _(each.label)) for code, each in HIDING_GROUNDS.items())],
    )
    reason = forms.CharField(
        label=_("Поясніть рішення"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Якщо приховуєте, ці слова побачать автор і всі — в журналі модерації."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
