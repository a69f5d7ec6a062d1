"""One box to find anything: a plain GET form; `hints` is the address of a fragment with guesses while one types."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def search_box(
    action: str, *, label: str, value: str = "", placeholder: str = "", hints: str = "", name: str = "q"
) -> SafeString:
    facts = {"action": action, "label": label, "value": value, "placeholder": placeholder, "hints": hints}
    return piece("search_box/search_box", name=name, **facts)
