"""What a digest says: its news by topic, each line the subject of the letter that others got at once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils import translation

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.notices.models import News, Notice
from edem.foundation.notices.rendering import subject_line
from edem.kernel.ukrainian import sort_key

DIGEST: Final = "notices/digest.html"
SHOWN: Final = 50
"""Lines in one letter; the rest are counted."""


@dataclass(frozen=True)
class Line:
    title: str
    path: str
    url: str


@dataclass(frozen=True)
class Group:
    """One topic; what has none comes last, without a heading."""

    title: str
    lines: tuple[Line, ...]


def groups_of(digest: Notice) -> list[Group]:
    """By topic in Ukrainian order, in each as it happened; empty when its news is long gone."""
    told = News.objects.filter(pk__in=[int(each) for each in digest.facts.get("news", [])[:SHOWN]])
    lines: dict[str, list[Line]] = {}
    for news in told.select_related("community").order_by("at", "pk"):
        url = address_of_page(news.community, news.path)
        line = Line(title=_title(news.pk, digest.language), path=news.path, url=url)
        lines.setdefault(translation.gettext(news.topic) if news.topic else "", []).append(line)
    ordered = sorted(lines.items(), key=lambda each: (each[0] == "", sort_key(each[0])))
    return [Group(title=title, lines=tuple(each)) for title, each in ordered]


@lru_cache(maxsize=4096)
def _title(news_id: int, language: str) -> str:
    """News never changes, and one line stands in thousands of letters."""
    news = News.objects.select_related("community").get(pk=news_id)
    return subject_line(news.template, news.facts, community=news.community, language=language)
