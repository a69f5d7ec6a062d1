"""«Перевірити підпис» in a browser: accessible, no wider than a phone, with and without a verdict on it."""

import pytest

from edem.foundation.identity.tests.test_signature_page import TEXT, hand_of, posted, text_of
from edem.foundation.identity.tests.test_signature_page import card as card_in_force
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.tests.signing_room import authority, taras
from edem.ui.tests.browser import ORIGIN, faults_of, opened

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), pytest.param(1280, "dark", marks=pytest.mark.full)])
def test_the_page_is_accessible_with_every_verdict(client, width, theme):
    several = signed_message(TEXT, hand_of(card_in_force()), Hand(issued=taras()), certificates=authority().chain)
    pages = {
        "/empty/": text_of(client.get("/verify-signature/")),
        "/several/": text_of(posted(client, several)),
        "/other/": text_of(posted(client, signed_message(TEXT, hand_of(card_in_force()), is_detached=True), b"other")),
        "/junk/": text_of(posted(client, b"junk")),
    }
    with opened(pages, width=width, theme=theme) as page:
        for path in pages:
            page.goto(f"{ORIGIN}{path}")
            for folded in page.locator("details").all():
                folded.evaluate("each => { each.open = true }")
            assert faults_of(page) == []
        assert page.faults == []
