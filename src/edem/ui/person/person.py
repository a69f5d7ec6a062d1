"""A person in one line: who, in what capacity, when."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def initials(name: str) -> str:
    """«Ольга Ткачук» → «ОТ»; a name that is one word gives one letter."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in words[:2]).upper()


def person(name: str, *, role: str = "", at: str = "", href: str = "") -> SafeString:
    return piece("person/person", name=name, initials=initials(name), role=role, at=at, href=href)
