"""What the council wrote reaches the letter as it was written."""

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices.plain import text_of
from edem.foundation.notices.rendering import rendered

WROTE = "Назвіть вулицю.\n\nДодайте, скільки це коштує. <Дякуємо>"
FACTS = {"title": "Ліхтарі", "number": 7, "ground": "", "state": "", "what": "", "body": ""}


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("rejected", "note"),
        ("returned", "note"),
        ("fulfilment", "note"),
        ("exclusion/decided", "note"),
        ("hearing/declined", "reason"),
    ],
)
def test_a_letter_keeps_the_paragraphs_that_were_written(name, fact):
    page = rendered(
        f"petitions/mail/{name}.html", {**FACTS, fact: WROTE}, community=CommunityFactory.build(), language="uk"
    )
    assert f"\n{WROTE}\n" in text_of(page)
