"""What a page of a well filled town weighs on the way, and what a browser must fetch before it paints (issue 3, part 2)."""

import gzip
import re

import pytest
from django.conf import settings

from edem.config.testing.clients import PlatformClient
from tests.hostile.test_every_address import public_paths
from tests.house.source import nothing

pytestmark = pytest.mark.django_db
HEAVIEST = 30 * 1024
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(
    r"<script(?![^>]*type=\"(?:module|importmap|application/ld\+json)\")(?![^>]* (?:async|defer))([^>]*)>"
)


@pytest.fixture
def pages(towns):
    rich, _ = towns
    client = PlatformClient(raise_request_exception=False)
    addresses = [f"/{rich.slug}/{path}" for path in public_paths(settings.COMMUNITY_URLCONF, rich)]
    answers = {address: client.get(address) for address in [*addresses, f"/{rich.slug}/petitions/?state=all"]}
    found = {
        address: answer.content.decode()
        for address, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and not answer.streaming
    }
    assert len(found) > 20
    return found


def test_no_public_page_is_heavier_than_thirty_kilobytes(pages):
    weights = {address: len(gzip.compress(page.encode())) for address, page in pages.items()}
    nothing(f"{address}: {weight} bytes" for address, weight in weights.items() if weight > HEAVIEST)


def test_a_browser_asks_for_nothing_before_it_paints(pages):
    """Styles and the reader's theme stand in the page; a page's own sheets come after the masthead (decision 0045)."""
    nothing(f"{address}: {blocking}" for address, page in pages.items() if (blocking := before_paint(page)))


def before_paint(page):
    head = page.partition("</head>")[0]
    return [*STYLE.findall(head), *(found for found in SCRIPT.findall(head) if "src=" in found)]
