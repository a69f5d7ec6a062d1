"""Pairs of reports that are perhaps of one thing: a moderator looks and says."""

from django.db import models


class LikelyTwin(models.Model):
    """Found when the later of the two was published."""

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    twin = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    """The earlier one."""
    sureness = models.FloatField()
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    """Merged, or said to be two things."""

    class Meta:
        ordering = ("-found_at", "pk")
        constraints = [models.UniqueConstraint(fields=["report", "twin"], name="report_twin_once")]
        indexes = [
            models.Index(fields=["report"], name="report_twins_to_settle", condition=models.Q(settled_at__isnull=True))
        ]
