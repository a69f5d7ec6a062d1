"""The pages of petitions: what they say, how many queries they need, what they refuse."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.documents.testing import pdf_pages
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition
from edem.services.petitions.tests.factories import PetitionFactory, new_signature

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return datetime.now(UTC)


def page(client, petition, path=""):
    return client.get(f"/{petition.community.slug}/petitions/{petition.pk}/{path}")


@pytest.fixture
def petition(now):
    petition = PetitionFactory(collecting=True)
    Petition.objects.filter(pk=petition.pk).update(published_at=now - DAY, closes_at=now + 30 * DAY)
    petition.refresh_from_db()
    return petition


def test_the_card_tells_the_number_the_road_and_the_one_thing_to_do(client, petition):
    add_signatures([new_signature(petition, arrived_at=petition.published_at)])

    answer = page(client, petition)

    assert answer.status_code == 200
    text = answer.content.decode()
    for words in (
        "Освітити стежку",
        "Триває збір підписів",
        "Підписати петицію",
        "Передана голові",
        "лишилося 30 днів",
    ):
        assert words in text


def test_the_printed_sheet_tells_the_same_as_the_card(client, petition):
    answer = page(client, petition, "sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "Освітити стежку" in " ".join(pdf_pages(answer.content))
