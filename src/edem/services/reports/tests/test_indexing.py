"""What the search tells about a report."""

import pytest

from edem.services.reports.actions.indexing import document_of
from edem.services.reports.tests.factories import ReportFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "summary"),
    [
        ("вул. Садова, 4", "вул. Садова, 4.\nЯма на всю смугу."),
        ("Парк.", "Парк.\nЯма на всю смугу."),
        ("", "Яма на всю смугу."),
    ],
)
def test_the_address_and_the_words_of_a_result_are_two_sentences(community, address, summary):
    report = ReportFactory(community=community, address=address, text="Яма на всю смугу.")
    assert document_of(report).summary == summary
