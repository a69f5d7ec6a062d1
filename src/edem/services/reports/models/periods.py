"""Weekly and monthly reports as they were published: the figures of that day, and the papers made of them."""

from django.db import models
from django.db.models import F, Q

from edem.services.reports.rules.periods import Span


class PeriodReport(models.Model):
    """One period of one community; made once and never changed (002 §5.4)."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    span = models.CharField(max_length=5, choices=[(Span.WEEK.value, "week"), (Span.MONTH.value, "month")])
    first = models.DateField()
    last = models.DateField()
    told = models.JSONField()
    """`PeriodTold` as JSON: what the page, the data and the papers say."""
    pdf = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    xlsx = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-last", "span", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["community", "span", "first"], name="report_period_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="report_period_in_order"),
        ]
        indexes = [models.Index(fields=["community", "-last", "span"], name="report_period_newest")]
