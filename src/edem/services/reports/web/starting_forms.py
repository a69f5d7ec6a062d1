"""What a resident types into a new report, one form a page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.files.rules import IMAGES, KINDS, VIDEOS
from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Point
from edem.services.reports.rules.addresses import address_in
from edem.services.reports.rules.draft import ACCURACY_MAX_M, ADDRESS_MAX, CATEGORIES_MOST, TEXT_MAX, TITLE_MAX
from edem.services.reports.rules.writing import PlacedBy
from edem.ui.fields import DateField, FileField
from edem.ui.forms import Form, offer, what_is_missing

ACCEPT = ",".join(sorted(KINDS[kind].content_type for kind in IMAGES | VIDEOS))


class PhotosForm(Form):
    photos = FileField(
        label=_("Фото чи відео"),
        accept=ACCEPT,
        max_count=8,
        required=False,
        allow_empty_file=True,  # said of that one file, so that it does not take the others with it
        help_text=_(
            "До 8 фото по 15 МБ або відео до 100 МБ. Місце й дані камери з фото приберемо; відео лишиться як є."
        ),
    )


def point_typed(lat: object, lon: object) -> Point | None:
    """Anything else is no place."""
    try:
        return Point(float(str(lat)), float(str(lon)))
    except (ValueError, Invalid):
        return None


class StartForm(PhotosForm):
    """The page makes the number, so a form that was sent twice begins one report."""

    draft = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    lat = forms.FloatField(widget=forms.HiddenInput, required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False)
    """Where the map was pressed, for whoever came from there."""

    def draft_id(self) -> UUID:
        found: UUID = self.cleaned_data["draft"]
        return found

    def place(self) -> Point | None:
        return point_typed(self.cleaned_data.get("lat"), self.cleaned_data.get("lon"))


class PlaceForm(Form):
    lat = forms.FloatField(widget=forms.HiddenInput, required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False)
    accuracy_m = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=0, max_value=ACCURACY_MAX_M)
    placed_by = forms.ChoiceField(
        widget=forms.HiddenInput, required=False, choices=[(each.value, each.value) for each in PlacedBy]
    )
    address = forms.CharField(
        label=_("Адреса або орієнтир"),
        max_length=ADDRESS_MAX,
        required=False,
        help_text=_("Наприклад: «вул. Київська, 12, біля входу в парк»."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "list": "known-addresses"}),
    )
    settlement = forms.ChoiceField(
        label=_("Населений пункт"),
        required=False,
        help_text=_("Так про це дізнаються ті, хто стежить за ним."),
    )

    def __init__(self, *args: Any, settlements: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settlements) > 1:
            offer(self, "settlement", [("", gettext("Не знаю")), *settlements])
        else:
            del self.fields["settlement"]  # there is nothing to choose from
        self.settlements = dict(settlements)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if (typed.get("lat") is None) != (typed.get("lon") is None):
            raise forms.ValidationError(_("Позначте місце на мапі ще раз."))
        return typed

    def place(self) -> Point | None:
        typed = self.cleaned_data
        if typed.get("lat") is None or typed.get("lon") is None:
            return None
        try:
            return Point(typed["lat"], typed["lon"])
        except Invalid as wrong:
            raise Invalid("report.place_nowhere") from wrong

    def whole_address(self) -> str:
        """With the village that was chosen: whoever drives there has nothing else to go by."""
        typed = self.cleaned_data
        return address_in(typed["address"], typed.get("settlement", ""), self.settlements)

    def accuracy(self) -> int | None:
        told = self.cleaned_data.get("accuracy_m")
        return round(told) if told else None

    def placed(self) -> PlacedBy:
        if self.place() is None:
            return PlacedBy.NOWHERE
        return PlacedBy(self.cleaned_data.get("placed_by") or PlacedBy.PIN)


class WordsForm(Form):
    text = forms.CharField(
        label=_("Що сталося"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Кількома словами: що не так і чим це заважає. Наприклад: «Яма на переході, діти її обходять»."),
    )
    title = forms.CharField(
        label=_("Заголовок"),
        max_length=TITLE_MAX,
        required=False,
        help_text=_("Якщо не вписати, ним стане перше речення."),
    )
    is_anonymous = forms.BooleanField(label=_("Не показувати моє ім’я іншим"), required=False)

    def __init__(self, *args: Any, may_hide_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_hide_name:
            del self.fields["is_anonymous"]


class CategoriesForm(Form):
    categories = forms.MultipleChoiceField(
        label=_("Категорія"),
        error_messages={
            "required": _("Виберіть хоча б одну категорію. Якщо жодна не підходить, є «Інше»."),
            "invalid_choice": _("Такої категорії вже немає. Виберіть іншу."),
        },
    )

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "categories", [(code, code) for code in codes])

    def clean_categories(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["categories"]
        if len(chosen) > CATEGORIES_MOST:
            raise forms.ValidationError(_("Не більше п’яти категорій."))
        return chosen


class QuestionsForm(Form):
    """The extra questions of the chosen categories; built from what the community keeps with each."""

    def __init__(
        self,
        data: "QueryDict | None" = None,
        files: "MultiValueDict[str, Any] | None" = None,
        *,
        questions: Sequence[Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        for question in questions:
            field = field_of(question)
            field.error_messages["required"] = what_is_missing(field)
            self.fields[f"answer_{question['code']}"] = field

    def answers(self) -> dict[str, object]:
        given = {name.removeprefix("answer_"): value for name, value in self.cleaned_data.items()}
        return {code: str(value) if hasattr(value, "isoformat") else value for code, value in given.items() if value}


def field_of(question: Mapping[str, Any]) -> forms.Field:
    common = {"label": question["label"], "required": bool(question.get("required"))}
    options = [(each, each) for each in question.get("options") or ()]
    match question.get("kind", "text"):
        case "number":
            return forms.FloatField(**common)
        case "date":
            return DateField(**common)
        case "choice":
            return forms.ChoiceField(**common, choices=options, widget=forms.RadioSelect)
        case "choices":
            return forms.MultipleChoiceField(**common, choices=options, widget=forms.CheckboxSelectMultiple)
        case _:
            return forms.CharField(**common, max_length=1000)
