"""A whole form: token, fields, errors, the button. `guard` keeps typed text in this browser until it is sent."""

from django.forms import BaseForm
from django.middleware.csrf import get_token
from django.template.context import Context
from django.utils.safestring import SafeString

from edem.ui.pieces import piece, trimmed
from edem.ui.tones import ButtonTone


def form(
    context: Context,
    content: str,
    form: BaseForm,
    *,
    submit: str,
    action: str = "",
    tone: ButtonTone = "primary",
    guard: str = "",
) -> SafeString:
    """The content stands beside the button: a second button, a link back."""
    request = context.get("request")
    token = get_token(request) if request is not None else ""
    facts = {"content": trimmed(content), "form": form, "submit": submit, "action": action, "tone": tone}
    return piece("form/form", guard=guard, token=token, **facts)


def widget_kind(field: object) -> str:
    """«text-area», «select», «checkbox», «radio», …: what the field's template and stylesheet go by."""
    widget = field.field.widget  # type: ignore[attr-defined]
    name = type(widget).__name__
    kinds = {"Textarea": "text-area", "CheckboxInput": "checkbox", "RadioSelect": "radio", "Select": "select"}
    kinds |= {"CheckboxSelectMultiple": "radio", "ClearableFileInput": "file", "FileInput": "file"}
    return kinds.get(name, getattr(widget, "input_type", None) or "text")
