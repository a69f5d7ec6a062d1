"""What a resident chooses in the cabinet."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.correction_rules import LONGEST_WORDS
from edem.foundation.identity.purposes import FIELD_WORDS
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


class LanguageForm(Form):
    language = forms.ChoiceField(label=_("Якою мовою вам писати"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class CorrectionForm(Form):
    """Which data are wrong and how they should be."""

    fields_wrong = forms.MultipleChoiceField(
        label=_("Які дані неправильні?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Позначте, які саме дані треба виправити.")},
    )
    words = forms.CharField(
        label=_("Що не так і як має бути?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "fields_wrong", [(field, gettext(words)) for field, words in FIELD_WORDS.items()])
