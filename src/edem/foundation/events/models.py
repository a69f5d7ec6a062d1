"""What the schedule remembers: the last round of every job, and how often readers were refused."""

from django.db import models


class Round(models.Model):
    """The latest round of a scheduled job that was sent out; one row for each job."""

    job = models.CharField(primary_key=True, max_length=300)
    due_at = models.DateTimeField()


class RefusalCount(models.Model):
    """How often a job met a refusal on a day: normal life, but worth a look when it grows."""

    job = models.CharField(max_length=300)
    code = models.CharField(max_length=100)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-day", "job", "code")
        constraints = [models.UniqueConstraint(fields=["job", "code", "day"], name="refusals_counted_once")]
