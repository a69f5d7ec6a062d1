"""What statistics read instead of every petition: sums that the database moves with each change (decision 0046)."""

from django.db import models


class FigurePart(models.Model):
    """How one change of a petition moved one figure; parts are only added, and merged into one now and then."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+", db_index=False)
    year = models.SmallIntegerField()
    """Of the petition's submission, in Kyiv."""
    slice = models.CharField(max_length=10)
    """all, body, category."""
    name = models.CharField(max_length=300, blank=True)
    measure = models.CharField(max_length=20)
    value = models.BigIntegerField(default=0)
    """Days, for a median; the microsecond at which a term ends; else nought."""
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["community", "slice", "measure", "year"], name="petition_figures")]


class FiguresKept(models.Model):
    """That the parts of a community tell the whole: until then figures are counted from its petitions."""

    community = models.OneToOneField("communities.Community", on_delete=models.CASCADE, primary_key=True)
    counted_at = models.DateTimeField(null=True)
    """When every petition was last counted anew."""
    merged_to = models.BigIntegerField(default=0)
    """Parts with a greater number have come since parts were merged."""
