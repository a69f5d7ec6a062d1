"""Our Atom feed in a reader that knows nothing of us."""

from html import unescape

import feedparser
import pytest

pytestmark = pytest.mark.django_db


def test_a_feed_reader_finds_the_newest_petitions(client, community):
    answer = client.get(f"/{community.slug}/petitions/feed.atom")
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})

    assert (feed.bozo, feed.version) == (False, "atom10")
    assert community.name in feed.feed.title
    (entry,) = feed.entries
    assert unescape(entry.title) == "Лавки & «тіні»: <прохання> № 1"
    assert entry.id == entry.link
    assert entry.link.endswith("/")
    assert entry.published_parsed
    assert entry.updated_parsed
    assert client.get("/" + entry.link.partition("//")[2].partition("/")[2]).status_code == 200
