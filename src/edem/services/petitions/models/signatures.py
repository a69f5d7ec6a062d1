"""Signatures and what takes them off the count: append-only, in the shape that can be distributed (design §5)."""

from typing import Final

from django.db import models

WITHDRAWN: Final = 0
"""The exclusion's place in a removal that the signer made: nobody excluded it, the signer took it back."""


class Signature(models.Model):
    """One person's signature. It is never changed: what takes it off the count is a removal."""

    pk = models.CompositePrimaryKey("community_id", "petition_id", "mark")
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    petition_id = models.BigIntegerField()
    mark = models.BinaryField(max_length=32)
    """HMAC of the tax number with the petitions' own key: tells people apart and says nothing of them."""
    key_version = models.PositiveSmallIntegerField()
    person_id = models.UUIDField()
    public_name = models.CharField(max_length=200)
    """Public by law (Art. 23-1); the form says so."""
    assurance = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    settlement_code = models.CharField(max_length=19, blank=True)
    signed_at = models.DateTimeField()
    ordinal = models.PositiveIntegerField()
    """Its place in the petition's list, given in order under the petition's lock; a page is a range of places."""
    sheet_id = models.BigIntegerField(null=True)
    """The paper sheet it came on."""

    class Meta:
        ordering = ("ordinal", "mark")
        indexes = [models.Index(fields=["person_id", "-signed_at"], name="signature_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["community", "petition_id", "ordinal"], name="signature_in_order"),
        ]


class SignatureRemoval(models.Model):
    """A signature that its signer withdrew or an exclusion took off. It holds while that exclusion is not undone."""

    pk = models.CompositePrimaryKey("community_id", "petition_id", "mark", "exclusion_id")
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    petition_id = models.BigIntegerField()
    mark = models.BinaryField(max_length=32)
    exclusion_id = models.BigIntegerField(default=WITHDRAWN)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "mark", "exclusion_id")


class SignatureTally(models.Model):
    """How many signatures that hold a day brought one way: the card reads these few rows, never the signatures."""

    pk = models.CompositePrimaryKey("community_id", "petition_id", "day", "channel", "assurance")
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    petition_id = models.BigIntegerField()
    day = models.DateField()
    """In Kyiv's days."""
    channel = models.CharField(max_length=10)
    assurance = models.CharField(max_length=20)
    count = models.IntegerField()

    class Meta:
        ordering = ("day", "channel", "assurance")
