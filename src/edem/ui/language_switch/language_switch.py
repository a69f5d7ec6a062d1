"""This very page in another language."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from edem.ui.frame import Language
from edem.ui.pieces import piece


def language_switch(languages: Sequence[Language]) -> SafeString:
    """Each language is named in itself; nothing when there is only one."""
    return piece("language_switch/language_switch", languages=languages) if len(languages) > 1 else SafeString("")
