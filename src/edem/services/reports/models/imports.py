"""Files of reports from elsewhere, between their upload and the carrying over."""

from django.db import models


class ReportImport(models.Model):
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    source = models.SlugField(max_length=40)
    """Whose reports they are: «seeclickfix»; a report's number there is unique together with it."""
    file_name = models.CharField(max_length=120)
    content = models.TextField(blank=True)
    """Sealed, for a file from elsewhere may name people; emptied once it is carried over, or forgotten for a week."""
    settled = models.JSONField(default=dict)
    """How its columns were read; the next file of the same source begins with it."""
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    """When somebody pressed «Перенести» on a file too long to be carried over while they wait."""
    fault = models.CharField(max_length=300, blank=True)
    """Why that came to nothing, as it is said to whoever asked."""
    done_at = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-pk")
