"""It is done: what was done, its number, and what happens next and when."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def confirmation(content: str, *, title: str, reference: str = "", reference_words: str = "") -> SafeString:
    """The content tells what happens next; the reference is what a person writes down."""
    facts = {"content": content, "title": title, "reference": reference, "reference_words": reference_words}
    return piece("confirmation/confirmation", **facts)
