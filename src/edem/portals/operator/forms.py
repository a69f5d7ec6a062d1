"""Forms of the community's administrator."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.catalog.manifest import Manifest
from edem.foundation.communities.actions import CommunityFacts
from edem.foundation.communities.actions.parts import DistrictFacts, OrganisationFacts
from edem.foundation.communities.models import Organisation
from edem.foundation.people.roles import LABELS, Role
from edem.foundation.places.models import Unit
from edem.ui.fields import EmailField, FileField, PhoneField
from edem.ui.forms import Form

GRANTED_HERE = [role for role in Role if role not in {Role.RESIDENT, Role.PLATFORM_OPERATOR}]


def offer(form: Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """What may be chosen depends on the community, so it is known only when the form is made."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


class EdrpouField(forms.RegexField):
    def __init__(self, **kwargs: Any) -> None:
        told = {"invalid": _("Код ЄДРПОУ має 8 цифр.")}
        super().__init__(r"^\d{8}$", label=_("Код ЄДРПОУ"), required=False, error_messages=told, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


class FactsForm(Form):
    name = forms.CharField(label=_("Назва громади"), max_length=200)
    name_genitive = forms.CharField(
        label=_("Назва в родовому відмінку"),
        max_length=200,
        help_text=_("Кого? Чого? Наприклад: Житомирської громади."),
    )
    name_locative = forms.CharField(
        label=_("Назва з прийменником: де?"), max_length=200, help_text=_("Наприклад: у Житомирі, в Одесі.")
    )
    council_name = forms.CharField(label=_("Назва ради"), max_length=300)
    council_name_genitive = forms.CharField(label=_("Назва ради в родовому відмінку"), max_length=300, required=False)
    edrpou = EdrpouField()
    cnap_address = forms.CharField(
        label=_("Адреса ЦНАП"), max_length=300, required=False, help_text=_("Куди прийти тим, хто без смартфона.")
    )
    contact_email = EmailField(label=_("Електронна пошта"), required=False)
    contact_phone = PhoneField(label=_("Телефон"), max_length=40, required=False)
    website = forms.URLField(label=_("Сайт ради"), max_length=200, required=False, assume_scheme="https")

    def facts(self) -> CommunityFacts:
        return CommunityFacts(**{name: self.cleaned_data[name] for name in FactsForm.base_fields})


class AccentForm(Form):
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Колір громади"),
        help_text=_("Ним позначено посилання й кнопки. Заблідий колір ми самі зробимо трохи темнішим."),
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"invalid": _("Колір записують як # і шість знаків: #2346c7.")},
    )


class ArmsForm(Form):
    picture = FileField(
        label=_("Герб громади"),
        accept="image/png,image/jpeg,image/webp",
        help_text=_("PNG, JPEG або WebP до 5 МБ. Найкраще — на прозорому тлі."),
    )


class ServicesForm(Form):
    services = forms.MultipleChoiceField(
        label=_("Послуги"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    languages = forms.MultipleChoiceField(
        label=_("Мови сторінок, крім української"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, offered: Sequence[Manifest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "services", [(each.code, gettext(each.title)) for each in offered])
        others = [(code, name) for code, name in settings.LANGUAGES if code != "uk"]
        offer(self, "languages", others)


class DistrictForm(Form):
    name = forms.CharField(label=_("Назва району"), max_length=200)
    position = forms.IntegerField(
        label=_("Місце в переліку"), min_value=0, max_value=999, initial=0, help_text=_("Менше число стоїть вище.")
    )
    settlement_codes = forms.MultipleChoiceField(
        label=_("Населені пункти"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, settlements: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "settlement_codes", [(unit.code, unit.name) for unit in settlements])

    def facts(self) -> DistrictFacts:
        return DistrictFacts(**self.cleaned_data)


class OrganisationForm(Form):
    name = forms.CharField(label=_("Назва"), max_length=300)
    kind = forms.ChoiceField(label=_("Що це"), choices=Organisation.Kind.choices)
    edrpou = EdrpouField()
    email = EmailField(
        label=_("Електронна пошта"), required=False, help_text=_("Сюди надходитимуть звернення мешканців.")
    )

    def facts(self) -> OrganisationFacts:
        return OrganisationFacts(**self.cleaned_data)


class GrantForm(Form):
    login = forms.CharField(label=_("Логін працівника"), max_length=100)
    role = forms.ChoiceField(label=_("Роль"), choices=())
    organisation = forms.ChoiceField(label=_("Організація"), required=False, choices=())

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, gettext(LABELS[role])) for role in GRANTED_HERE]
        offer(self, "role", [("", gettext("Виберіть роль")), *roles])
        here = [(str(each.pk), each.name) for each in organisations if each.closed_at is None]
        offer(self, "organisation", [("", gettext("Уся громада")), *here])

    def organisation_id(self) -> int | None:
        chosen = self.cleaned_data["organisation"]
        return int(chosen) if chosen else None


class WorkerForm(Form):
    display_name = forms.CharField(label=_("Ім’я та прізвище"), max_length=200)
    login = forms.RegexField(
        r"^[a-z0-9._-]{3,100}$",
        label=_("Логін"),
        help_text=_("Малі латинські літери, цифри, крапка, дефіс."),
        error_messages={"invalid": _("Логін — від трьох малих латинських літер, цифр, крапок чи дефісів.")},
    )
    password = forms.CharField(
        label=_("Тимчасовий пароль"),
        max_length=128,
        help_text=_("Щонайменше 12 знаків. Працівник змінить його після першого входу."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
