"""Fields that a resident meets often, with the right keyboard, hint and browser help."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    widget = DateInput


class EmailField(forms.EmailField):
    default_error_messages: ClassVar = {"invalid": _("Перевірте адресу: має бути на зразок olena@example.com.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "email", "spellcheck": "false"}


class PhoneField(forms.CharField):
    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "type": "tel", "autocomplete": "tel", "inputmode": "tel"}


class FileInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": False, **(attrs or {})})


class FileField(forms.FileField):
    """One file or several; the cleaned value is always a list."""

    widget = FileInput

    def __init__(self, *, accept: str = "", max_count: int = 1, **kwargs: Any) -> None:
        self.accept, self.max_count = accept, max_count
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = {**super().widget_attrs(widget), "multiple": self.max_count > 1}
        return {**attrs, "accept": self.accept} if self.accept else attrs

    def clean(self, value: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = [one for one in (value if isinstance(value, list | tuple) else [value]) if one]
        if len(given) > self.max_count:
            words = ngettext(
                "Можна додати лише %(count)s файл.", "Можна додати не більше ніж %(count)s файлів.", self.max_count
            )
            raise forms.ValidationError(words % {"count": self.max_count}, code="too_many")
        if not given:
            super().clean(None, initial)
        return [super(FileField, self).clean(one, initial) for one in given]
