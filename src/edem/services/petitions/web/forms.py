"""What people type about petitions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from edem.services.petitions.actions.drafting import Draft
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.queries.lists import GROUPS, ORDERS, Group, Order, Wanted
from edem.services.petitions.rules.grounds import GROUNDS
from edem.services.petitions.rules.lifecycle import DECISION_LABELS, Decision
from edem.services.petitions.rules.text import DEMAND_MAX, ESSENCE_MAX, TITLE_MAX, Text
from edem.services.petitions.web.place_form import Choices, PlaceForm
from edem.ui.forms import Form, offer


def said(labels: Mapping[Any, str]) -> list[tuple[str, str | Promise]]:
    """Labels of a pure module, in the language of whoever reads the form."""
    return [(str(value), _(label)) for value, label in labels.items()]


class TextForm(Form):
    """What everybody will read."""

    title = forms.CharField(
        label=_("Назва"),
        max_length=TITLE_MAX,
        help_text=_("Одним реченням: що зробити і де. Наприклад: «Освітити стежку від Садової до школи № 7»."),
    )
    demand = forms.CharField(
        label=_("Про що просите раду"),
        max_length=DEMAND_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    essence = forms.CharField(
        label=_("Суть"),
        max_length=ESSENCE_MAX,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Що сталося, кого це стосується, чому це важливо. Рядок, що починається з «- », стане списком."),
    )

    def text(self) -> Text:
        typed = self.cleaned_data
        return Text(title=typed["title"], essence=typed["essence"], demand=typed["demand"])


class PetitionForm(TextForm, PlaceForm):
    category = forms.ChoiceField(label=_("Тема"))
    hearing_asked = forms.BooleanField(label=_("Прошу громадських слухань, щоб представити петицію"), required=False)
    field_order = ("title", "category", "demand", "essence", "settlement", "place")

    def __init__(self, *args: Any, charter: PetitionCharter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", [("", _("Виберіть тему")), *((each, each) for each in charter.categories)])

    def draft(self) -> Draft:
        typed = self.cleaned_data
        return Draft(
            text=self.text(),
            category=typed["category"],
            place=self.typed_place(),
            hearing_asked=typed["hearing_asked"],
        )


class SignForm(Form):
    agree = forms.BooleanField(
        label=_("Погоджуюся: моє ім’я та дату підпису побачать усі (ст. 23-1 Закону «Про звернення громадян»)"),
        error_messages={"required": _("Без згоди підпис не може бути враховано: список підписантів публічний.")},
    )
    follow = forms.BooleanField(label=_("Писати мені, що далі з петицією"), required=False)


class WithdrawForm(Form):
    note = forms.CharField(
        label=_("Чому відкликаєте"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class StepForm(Form):
    """A staff step that needs no more than a public note."""

    note = forms.CharField(
        label=_("Пояснення для сторінки петиції"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(Form):
    """A staff step whose words everybody, or its author, will read."""

    note = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    words: str | Promise = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = str(self.words)


class ReturnForm(ReasonForm):
    words = _("Що виправити")


class DoneForm(ReasonForm):
    words = _("Що зроблено")


class GiveUpForm(ReasonForm):
    words = _("Чому не виконано")


class RejectForm(ReasonForm):
    words = _("Поясніть автору")
    ground = forms.ChoiceField(
        label=_("Підстава"),
        widget=forms.RadioSelect,
        choices=said({ground: look.label for ground, look in GROUNDS.items()}),
    )
    field_order = ("ground", "note")


class AnswerForm(Form):
    decision = forms.ChoiceField(label=_("Рішення"), widget=forms.RadioSelect, choices=said(DECISION_LABELS))
    text = forms.CharField(
        label=_("Відповідь"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Почніть з головного: що вирішили й чому. Відповідь побачать усі."),
    )
    responsible_body = forms.CharField(label=_("Хто відповідає за виконання"), required=False, max_length=300)

    def clean_decision(self) -> str:
        return str(Decision(self.cleaned_data["decision"]).value)


class FilterForm(Form):
    q = forms.CharField(label=_("Пошук петицій"), required=False, max_length=200)
    state = forms.ChoiceField(required=False, choices=said(GROUPS), widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("Тема"), required=False)
    settlement = forms.ChoiceField(label=_("Населений пункт"), required=False)
    sort = forms.ChoiceField(label=_("Порядок"), required=False, choices=said(ORDERS))

    def __init__(self, *args: Any, categories: Choices, settlements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", [("", _("Усі теми")), *categories])
        offer(self, "settlement", [("", _("Уся громада")), *settlements])

    def wanted(self) -> Wanted:
        """What can be read of the filters; what cannot is as if it were not asked."""
        self.is_valid()
        typed = self.cleaned_data
        text = typed.get("q", "")
        return Wanted(
            group=Group(typed.get("state") or (Group.ALL if text else Group.COLLECTING)),
            text=text,
            category=typed.get("category", ""),
            settlement=typed.get("settlement", ""),
            order=Order(typed.get("sort") or Order.NEWEST),
        )
