"""Forms about outside sign-in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.communities.finding import open_communities
from edem.foundation.people.models import OutsideProvider
from edem.foundation.people.outside.actions import ProviderFacts
from edem.portals.operator.forms import offer
from edem.ui.forms import Form


class ProviderForm(Form):
    name = forms.CharField(label=_("Назва"), max_length=100, help_text=_("Так її побачать працівники: «Вхід міста»."))
    code = forms.RegexField(
        r"^[a-z0-9-]{2,40}$",
        label=_("Код в адресі"),
        help_text=_("Малі латинські літери, цифри й дефіс. Потім його не змінити."),
        error_messages={"invalid": _("Код — від двох малих латинських літер, цифр чи дефісів.")},
    )
    community = forms.ChoiceField(label=_("Громада"), required=False, choices=())
    issuer = forms.URLField(
        label=_("Адреса провайдера (issuer)"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Точно так, як у його /.well-known/openid-configuration."),
    )
    client_id = forms.CharField(label=_("Ідентифікатор клієнта (client_id)"), max_length=191)
    secret = forms.CharField(
        label=_("Секрет клієнта"),
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Зберігаємо зашифрованим, більше не покажемо."),
    )
    second_factors = forms.CharField(
        label=_("Ознаки другого кроку"),
        required=False,
        max_length=300,
        help_text=_(
            "Значення amr чи acr через пробіл, яким ви довіряєте: «mfa». Порожньо — питатимемо наш код чи ключ."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in open_communities()}
        offer(self, "community", [("", gettext("Усі громади")), *((pk, each.name) for pk, each in self.known.items())])

    def clean_second_factors(self) -> list[str]:
        return [value[:100] for value in str(self.cleaned_data["second_factors"]).split()]

    def facts(self) -> ProviderFacts:
        chosen = self.known.get(self.cleaned_data["community"])
        given = {name: self.cleaned_data[name] for name in ("name", "code", "client_id", "secret", "second_factors")}
        issuer = self.cleaned_data["issuer"]
        return ProviderFacts(**given, issuer=issuer, community_id=chosen.pk if chosen else None)


class InvitationForm(Form):
    login = forms.CharField(label=_("Логін працівника"), max_length=100)
    provider = forms.ChoiceField(label=_("Через що входитиме"), choices=())

    def __init__(self, *args: Any, providers: Iterable[OutsideProvider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in providers}
        offer(self, "provider", [(pk, each.name) for pk, each in self.known.items()])

    def chosen(self) -> OutsideProvider:
        return self.known[self.cleaned_data["provider"]]
