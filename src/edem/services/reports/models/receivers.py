"""Organisations that have an Open311 server of their own: where it is, what went there, what came back."""

from typing import Final

from django.db import models
from django.db.models import Q

from edem.services.reports.rules.forwarding import Stage


class Receiver(models.Model):
    """One organisation's server."""

    named_by: Final = "organisation__name"
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    organisation = models.OneToOneField("communities.Organisation", on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=300)
    """Up to «/v2»; «/requests.xml» is added to it."""
    jurisdiction = models.CharField(max_length=100, blank=True)
    api_key = models.CharField(max_length=600, blank=True)
    """Sealed (`people.sealing`)."""
    form = models.CharField(max_length=4, default="xml", choices=[("xml", "XML"), ("json", "JSON")])
    """Every server of the standard speaks XML; JSON is their choice."""
    service_code = models.CharField(max_length=100)
    """Theirs, for categories that are not named below."""
    services = models.JSONField(default=dict)
    """Our code → theirs; a category stands for all under it."""
    is_on = models.BooleanField(default=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    """When it last answered as it should."""
    pulled_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)
    """What was wrong the last time; empty when nothing was."""
    silent_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ("organisation__name_key", "pk")


class Forwarding(models.Model):
    """One organisation's turn with a report, on its way to their server: once, however often it is tried."""

    named_by: Final = "receiver__organisation__name"
    assignment = models.OneToOneField("reports.Assignment", on_delete=models.CASCADE, related_name="forwarding")
    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="forwardings")
    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="forwardings")
    stage = models.CharField(max_length=8, default=Stage.WAITING, choices=[(each.value, each.value) for each in Stage])
    tries = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    """When it is tried or looked for next; none when nothing more is to be done."""
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    """When their server did not want it; empty again once a person has it sent anew."""
    outside_id = models.CharField(max_length=100, blank=True)
    outside_token = models.CharField(max_length=100, blank=True)
    outside_status = models.CharField(max_length=10, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="sent") | ~Q(outside_id="") | ~Q(outside_token=""), name="report_sent_under_a_number"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="report_forwarding_due", condition=Q(next_at__isnull=False)),
            models.Index(fields=["receiver", "outside_id"], name="report_forwarded_as"),
            models.Index(fields=["refused_at", "id"], name="report_forwarding_refused", condition=Q(stage="refused")),
        ]


class LandedUpdate(models.Model):
    """What an organisation's system said of a report: the same word never lands twice."""

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("communities.Organisation", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=150)
    """Their number of it."""
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["report", "organisation", "key"], name="report_update_landed_once"),
        ]
