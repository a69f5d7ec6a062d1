"""Counting words anew: the truth is in the documents, the word table only remembers it."""

from django.db import connection, transaction

from edem.foundation.search.indexing import remember_words
from edem.foundation.search.models import Word

_COUNTED = "SELECT word, ndoc FROM ts_stat('SELECT tsv FROM search_document')"
_UPDATE = f"""
UPDATE search_word SET documents = counted.ndoc
FROM ({_COUNTED}) AS counted
WHERE counted.word = search_word.word AND counted.ndoc <> search_word.documents
"""  # noqa: S608 - nothing of it comes from outside


@transaction.atomic
def count_words() -> None:
    """Forget the words that nothing holds, add those that were missed, count the rest."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        counted = dict(cursor.fetchall())
    Word.objects.exclude(word__in=list(counted)).delete()
    remember_words(list(counted))
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE)
