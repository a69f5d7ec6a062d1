"""What is typed about a rule of the matrix."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.services.reports.actions.matrix import RuleDraft
from edem.services.reports.rules.matrix_change import Way
from edem.ui.areas import AreaFileField, AreaTextField, typed_area
from edem.ui.forms import Form, offer


class RuleForm(Form):
    """The area may be pasted or sent as a file; after the dry run it comes back as text, so nothing is sent twice."""

    category = forms.ChoiceField(label=_("Категорія"), required=False)
    area = AreaTextField(
        label=_("Територія"), help_text=_("Намалюйте на мапі внизу або вставте GeoJSON. Порожньо — уся громада.")
    )
    area_file = AreaFileField()
    main = forms.TypedChoiceField(label=_("Головна організація"), coerce=int)
    helpers = forms.TypedMultipleChoiceField(
        label=_("Також отримують"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    substitute = forms.TypedChoiceField(
        label=_("Хто замість головної, якщо вона мовчить"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(label=_("Примітка"), required=False, max_length=300)
    place = forms.TypedChoiceField(label=_("Місце в переліку"), required=False, coerce=int, empty_value=None)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        categories: list[tuple[str, str]],
        organisations: list[tuple[int, str]],
        places: list[tuple[int, str]],
        way: Way,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(pk), name) for pk, name in organisations]
        offer(self, "category", [("", gettext("Усі категорії")), *categories])
        offer(self, "main", [("", gettext("Виберіть організацію")), *named])
        offer(self, "helpers", named)
        offer(self, "substitute", [("", gettext("Не визначено")), *named])
        if way is Way.ADD and places:
            before = gettext("Перед правилом: %(rule)s")
            stands = [(str(pk), before % {"rule": words}) for pk, words in places]
            offer(self, "place", [("", gettext("Останнім")), *stands])
        else:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        area = typed_area(self, typed)
        typed["area"] = area.geojson() if area else None
        return typed

    def draft(self) -> RuleDraft:
        typed = self.cleaned_data
        return RuleDraft(
            category=typed["category"],
            area=typed["area"],
            note=typed["note"],
            main_id=typed["main"],
            helper_ids=tuple(sorted(set(typed["helpers"]))),
            substitute_id=typed["substitute"],
        )

    def show_checked(self, seen: str) -> None:
        """The same form once more, unseen, with what it was checked as."""
        area = self.cleaned_data["area"]
        self.data = {
            **{name: self.data.get(name) for name in self.fields},
            "helpers": [str(each) for each in self.cleaned_data["helpers"]],
            "area": json.dumps(area) if area else "",
            "seen": seen,
        }
        for name, field in self.fields.items():
            many = name == "helpers"
            field.widget = forms.MultipleHiddenInput() if many else forms.HiddenInput()
        del self.fields["area_file"]


class SeenForm(Form):
    """A change without words of its own: taking a rule away, moving it up or down."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
