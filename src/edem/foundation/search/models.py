"""What can be found: one row for each thing of every service, and the words that occur in them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

LONGEST_SUMMARY = 300
LONGEST_LEXEME = 60


class Document(models.Model):
    """A petition, a project, a page: whatever a service wants found, with the words it is found by."""

    community = models.ForeignKey(
        "communities.Community", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    """None for what belongs to the whole country."""
    service = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=LONGEST_SUMMARY, blank=True)
    url = models.CharField(max_length=300)
    """Within the community: its own part of the address comes before it."""
    state = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    public = models.BooleanField()
    tsv = SearchVectorField()

    class Meta:
        ordering = ("-at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["service", "kind", "subject_id"], name="document_indexed_once"),
        ]
        indexes = [
            # Without the list of pending entries: while it is long, PostgreSQL would rather read the whole table.
            GinIndex(fields=["tsv"], name="document_words", fastupdate=False),
            models.Index(fields=["community", "service", "-at"], name="document_place"),
            models.Index(fields=["community", "-at"], name="document_newest"),
        ]


class Word(models.Model):
    """A word by which something is found, cut into threes: so a misspelt one finds its neighbours."""

    word = models.CharField(max_length=LONGEST_LEXEME, unique=True)
    trigrams = ArrayField(models.CharField(max_length=3))
    documents = models.PositiveIntegerField(default=1)
    """In how many documents; counted anew every night, for a counter moved by every writer would be everyone's lock."""

    class Meta:
        ordering = ("word",)
        indexes = [GinIndex(fields=["trigrams"], name="word_trigrams", fastupdate=False)]
