"""Counting words anew: the truth is in the documents, the word table only remembers it."""

from django.db import connection, transaction

from edem.foundation.search.indexing import remember_words

_COUNT = """
CREATE TEMPORARY TABLE counted_word ON COMMIT DROP AS
SELECT word, ndoc FROM ts_stat('SELECT tsv FROM search_document')
"""
_FORGET = "DELETE FROM search_word WHERE NOT EXISTS (SELECT FROM counted_word c WHERE c.word = search_word.word)"
_MISSED = "SELECT word FROM counted_word c WHERE NOT EXISTS (SELECT FROM search_word w WHERE w.word = c.word)"
_CORRECT = """
UPDATE search_word SET documents = c.ndoc FROM counted_word c
WHERE c.word = search_word.word AND c.ndoc <> search_word.documents
"""


@transaction.atomic
def count_words() -> None:
    """Forget the words that nothing holds, add those that were missed, count the rest."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        cursor.execute(_FORGET)
        cursor.execute(_MISSED)
        remember_words([word for (word,) in cursor.fetchall()])
        cursor.execute(_CORRECT)
        cursor.execute("DROP TABLE counted_word")
