"""Reports as they came from phones, acknowledged at once and written down as reports by a job."""

from django.db import models


class Parcel(models.Model):
    """Gone once it has become a report, or a draft where only its writer can answer."""

    id = models.UUIDField(primary_key=True)
    """Made by the phone: it becomes the report's `client_uuid`, so what comes twice is one report."""
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    """As `rules.writing.Typed` has it."""
    shots = models.JSONField(default=list)
    """Of each photo its sealed file, and what it told of itself."""
    method = models.CharField(max_length=20, blank=True)
    """How its sender had signed in: the charter may ask for more than a password."""
    arrived_at = models.DateTimeField()
    came_with = models.UUIDField()
    """The batch that one job writes down."""
    fault = models.CharField(max_length=60, blank=True)
    """Why it could become neither."""
    merge_id = models.BigIntegerField(null=True)
    """The merge of two accounts that it came over with; with their parting it goes back."""

    class Meta:
        ordering = ("arrived_at", "pk")
        indexes = [
            models.Index(fields=["came_with", "arrived_at", "id"], name="report_parcels_of_batch"),
            models.Index(fields=["arrived_at"], name="report_parcels_by_age"),
        ]
