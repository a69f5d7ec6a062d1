"""The forms of a resident's sign-in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.charter import METHOD_GROUPS, METHOD_WORDS, MOST_IN_ONE_LIST
from edem.foundation.identity.claims import Method
from edem.ui.forms import Form


class MethodForm(Form):
    """Where to go back to travels along and is checked again at the end."""

    method = forms.ChoiceField(label=_("Як ви підтвердите, що це ви?"), widget=forms.RadioSelect)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    community = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, methods: Sequence[Method], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["method"]
        field.choices = _told(methods)
        field.initial = methods[0] if methods else None


class ConsentForm(Form):
    agrees = forms.BooleanField(
        label=_("Я погоджуюся на обробку моїх персональних даних для цих цілей"),
        error_messages={"required": _("Позначте згоду. Без неї ми не маємо права записати ваші дані.")},
    )


class PersonNumberForm(Form):
    """The number finds the person and is not kept."""

    number = forms.CharField(
        label=_("Податковий номер або номер паспорта"),
        help_text=_("Перепишіть із документа. Номер ми не зберігаємо, лише шукаємо за ним."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def _told(methods: Sequence[Method]) -> Sequence[Any]:
    if len(methods) <= MOST_IN_ONE_LIST:
        return _choices(methods)
    groups = [(words, [each for each in among if each in methods]) for words, among in METHOD_GROUPS]
    return [(gettext(words), _choices(among)) for words, among in groups if among]


def _choices(methods: Sequence[Method]) -> Sequence[tuple[str, str]]:
    return [(method.value, _label(method)) for method in methods]


def _label(method: Method) -> str:
    name, hint = METHOD_WORDS[method]
    return f"{gettext(name)} — {gettext(hint)}"
