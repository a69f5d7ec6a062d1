"""Passing a page on: plain links to the networks people use here, words cut for a poster."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class ShareLink:
    label: str
    url: str


def links_to(address: str, *, title: str) -> list[ShareLink]:
    """Plain links: no one's script runs here, and nobody learns of a reader who does not follow them."""
    line = f"{title} {address}"
    return [
        ShareLink(label="Telegram", url=f"https://t.me/share/url?{urlencode({'url': address, 'text': title})}"),
        ShareLink(label="Viber", url=f"viber://forward?{urlencode({'text': line}, quote_via=quote)}"),
        ShareLink(label="Facebook", url=f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"),
        ShareLink(
            label=_("Електронна пошта"),
            url=f"mailto:?{urlencode({'subject': title, 'body': address}, quote_via=quote)}",
        ),
    ]


def shortened(text: str, longest: int) -> str:
    """The beginning, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    cut = flat[:longest]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.–—-") + "…"
