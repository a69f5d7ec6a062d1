"""Several writers at the same moment, on real connections."""

import pytest
from django.db import transaction

from edem.config.testing.at_once import at_once
from edem.foundation.search.indexing import index_document, index_documents
from edem.foundation.search.models import Document, Word
from edem.foundation.search.tests.factories import document

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs):
    at_once(*(transaction.atomic(job) for job in jobs))


def test_the_same_new_words_are_remembered_once():
    titles = ["Ремонт дороги до школи", "Школа, дорога і ремонт", "Дорога: школа та ремонт"]
    together(
        *[
            lambda number=number, title=title: index_document(document(number, title))
            for number, title in enumerate(titles)
        ]
    )
    assert Document.objects.count() == 3
    assert Word.objects.filter(word="дорога").count() == 1


def test_the_same_things_indexed_in_opposite_orders_do_not_wait_for_each_other_for_ever():
    things = [document(number, f"Дорога {number}") for number in range(40)]
    together(lambda: index_documents(things), lambda: index_documents(things[::-1]))
    assert Document.objects.count() == 40
