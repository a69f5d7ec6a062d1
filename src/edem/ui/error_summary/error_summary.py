"""«Виправте помилки»: what is wrong with a form, each line a link to its field. The form's template prints it."""

from django.forms import BaseForm
from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def error_summary(form: BaseForm) -> SafeString:
    faults = [
        (field.id_for_label or f"{field.auto_id}_0", sentence)  # a group of choices: its first one
        for field in form
        if not field.is_hidden
        for sentence in field.errors
    ]
    hidden = [sentence for field in form.hidden_fields() for sentence in field.errors]
    general = [*form.non_field_errors(), *hidden]
    if not general and not faults:
        return SafeString("")
    return piece("error_summary/error_summary", general=general, faults=faults)
