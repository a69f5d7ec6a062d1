"""Whose reports and voices the merging of two accounts handed on, so that a mistaken one can be undone."""

from django.db import models


class MergedVoice(models.Model):
    """A voice that stood under one of two accounts that became one, as it was."""

    merge_id = models.BigIntegerField()
    person_id = models.UUIDField()
    """Whose it was: that of the absorbed account, or one of the kept account's that its author cannot have."""
    report_id = models.BigIntegerField()
    added_at = models.DateTimeField()
    came_by = models.BigIntegerField(null=True)
    was_given = models.BooleanField()
    """The kept account has this voice from the absorbed one; it had none of its own."""

    class Meta:
        ordering = ("merge_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=["merge_id", "person_id", "report_id"], name="report_voice_merged_once")
        ]


class MergedReport(models.Model):
    merge_id = models.BigIntegerField()
    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("merge_id", "pk")
        constraints = [models.UniqueConstraint(fields=["merge_id", "report"], name="report_merged_once")]
