"""Several writers at the same moment, on real connections."""

from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from edem.foundation.search.indexing import index_document, index_documents
from edem.foundation.search.models import Document, Word
from edem.foundation.search.tests.factories import document

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    start, failures = Barrier(len(jobs)), []

    def run(job):
        try:
            start.wait()
            with transaction.atomic():
                job()
        except DatabaseError as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert not any(thread.is_alive() for thread in threads)


def test_the_same_new_words_are_remembered_once():
    titles = ["Ремонт дороги до школи", "Школа, дорога і ремонт", "Дорога: школа та ремонт"]
    at_once(
        *[
            lambda number=number, title=title: index_document(document(number, title))
            for number, title in enumerate(titles)
        ]
    )
    assert Document.objects.count() == 3
    assert Word.objects.filter(word="дорога").count() == 1


def test_the_same_things_indexed_in_opposite_orders_do_not_wait_for_each_other_for_ever():
    things = [document(number, f"Дорога {number}") for number in range(40)]
    at_once(lambda: index_documents(things), lambda: index_documents(things[::-1]))
    assert Document.objects.count() == 40
