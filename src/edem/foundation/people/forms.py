"""The forms of staff sign-in, in plain words; what they check stays allauth's."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

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


SignInForm = in_plain_words(LoginForm)
PasswordForm = in_plain_words(ReauthenticateForm)
NewPasswordForm = in_plain_words(ChangePasswordForm)
CodeForm = in_plain_words(AuthenticateForm)
CodeAgainForm = in_plain_words(ReauthenticateByCodeForm)
FirstCodeForm = in_plain_words(ActivateTOTPForm)
NewKeyForm = in_plain_words(AddWebAuthnForm)
KeyNameForm = in_plain_words(EditWebAuthnForm)
