"""The forms of staff sign-in, in plain words; what they check stays allauth's."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

from edem.foundation.people.requests import platform_request
from edem.foundation.people.spent_codes import spend_code

LABELS = {
    "login": _("Логін"),
    "password": _("Пароль"),
    "code": _("Код"),
    "oldpassword": _("Теперішній пароль"),
    "password1": _("Новий пароль"),
    "password2": _("Новий пароль ще раз"),
    "name": _("Назва ключа"),
    "passwordless": _("Входити самим ключем, без пароля"),
}
HINTS = {
    "password": "",
    "code": _("Шість цифр із застосунку або один із запасних кодів."),
    "password1": _("Щонайменше 12 знаків. Найкраще — кілька слів підряд."),
    "passwordless": "",
}


class InPlainWords:
    """Labels and hints instead of placeholders: a placeholder vanishes when one begins to type."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, field.help_text)

    use_required_attribute = False


def in_plain_words(form: type[Any]) -> type[Any]:
    return type(f"Plain{form.__name__}", (InPlainWords, form), {})


class OneTimeCodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth says no types
    """allauth remembers used codes in the memory of one process; here every process knows."""

    def clean_code(self) -> str:
        code = super().clean_code()  # which finds out whose it is
        return shown_once(self.authenticator, code)


class OneTimeCodeAgainForm(ReauthenticateByCodeForm):  # type: ignore[misc]  # as above
    def clean_code(self) -> str:
        code = super().clean_code()
        return shown_once(self.authenticator, code)


def shown_once(authenticator: Authenticator, code: str) -> str:
    is_app = authenticator.type == Authenticator.Type.TOTP
    if is_app and not spend_code(authenticator, code, now=platform_request(context.request).now):
        raise get_adapter().validation_error("incorrect_code")
    return code


SignInForm = in_plain_words(LoginForm)
PasswordForm = in_plain_words(ReauthenticateForm)
NewPasswordForm = in_plain_words(ChangePasswordForm)
CodeForm = in_plain_words(OneTimeCodeForm)
CodeAgainForm = in_plain_words(OneTimeCodeAgainForm)
FirstCodeForm = in_plain_words(ActivateTOTPForm)
NewKeyForm = in_plain_words(AddWebAuthnForm)
KeyNameForm = in_plain_words(EditWebAuthnForm)
