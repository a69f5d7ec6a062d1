"""The services of a place as clear doors: what it is, the number that is true just now, what the number means."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def doors(content: str, *, label: str) -> SafeString:
    return piece("doors/doors", content=content, label=label)


def door(title: str, href: str, *, words: str, number: str = "", icon: str = "") -> SafeString:
    return piece("doors/door", title=title, href=href, words=words, number=number, icon=icon)
