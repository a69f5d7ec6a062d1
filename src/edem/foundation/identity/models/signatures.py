"""What issuers of certificates said of revocation, kept while it speaks of the present."""

from django.db import models


class IssuerAnswer(models.Model):
    """One OCSP answer or revocation list. An empty one: nobody answered, and it is not asked again so soon."""

    question = models.BinaryField(max_length=32, unique=True)
    """SHA-256 of the address and of what was asked there."""
    answer = models.BinaryField()
    kept_until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("pk",)
