"""What narrows a list: a plain GET form above it, so that every choice has its own address."""

from django.forms import BaseForm
from django.utils.safestring import SafeString

from edem.ui.pieces import piece, trimmed


def filters(content: str, form: BaseForm) -> SafeString:
    """The content is for what else must stay in the address: hidden inputs."""
    return piece("filters/filters", content=trimmed(content), form=form)
