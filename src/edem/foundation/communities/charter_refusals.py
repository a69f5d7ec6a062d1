"""What pydantic refuses in a charter, said to the administrator in Ukrainian."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import ErrorDetails

from edem.ui.words import number

LIMITS = {
    "greater_than_equal": ("ge", gettext_lazy("Має бути не менше ніж %(limit)s.")),
    "greater_than": ("gt", gettext_lazy("Має бути більше ніж %(limit)s.")),
    "less_than_equal": ("le", gettext_lazy("Має бути не більше ніж %(limit)s.")),
    "less_than": ("lt", gettext_lazy("Має бути менше ніж %(limit)s.")),
    "too_short": ("min_length", gettext_lazy("Замало: потрібно щонайменше %(limit)s.")),
    "too_long": ("max_length", gettext_lazy("Забагато: найбільше %(limit)s.")),
}


def words_for(error: ErrorDetails) -> str:
    """A model's own rule speaks its own sentence (marked with N_()); the rest are told by their kind."""
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return _(str(context["error"]))
    known = LIMITS.get(error["type"].removeprefix("string_"))
    if known is None:
        return _("Це значення тут не підходить.")
    limit, sentence = known
    return str(sentence) % {"limit": number(context[limit])}
