"""Exports: files made for the council and the author, kept for a few days."""

from django.db import models
from django.db.models import Q

from edem.services.petitions.models.petition import Petition
from edem.services.petitions.rules.exports import ExportKind, ExportState


class Export(models.Model):
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in ExportKind])
    state = models.CharField(
        max_length=10, default=ExportState.WAITING.value, choices=[(each.value, each.value) for each in ExportState]
    )
    for_council = models.BooleanField()
    """With the channel of each signature; the author's list has names and dates alone."""
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    """Signers written so far, of `total`."""
    total = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the lines of the list, as it is printed on the list itself."""
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    """None until it is made, and again when its days are over."""
    ready_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(fields=["petition", "-asked_at"], name="export_by_petition"),
            models.Index(fields=["ready_at"], condition=Q(file__isnull=False), name="export_to_remove"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ExportState]), name="export_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY.value) | Q(ready_at__isnull=False), name="export_ready_when"
            ),
        ]
