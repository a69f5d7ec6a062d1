"""Emergency access: a role taken for hours, with its reason, its end and the review afterwards."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from edem.foundation.people.models.person import Person, RoleGrant
from edem.foundation.people.roles import LABELS


class EmergencyAccess(models.Model):
    class Finding(models.TextChoices):
        JUSTIFIED = "justified", _("підстава була")
        UNJUSTIFIED = "unjustified", _("підстави не було")

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    grant = models.OneToOneField(RoleGrant, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=[(role.value, label) for role, label in LABELS.items()])
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """None when the term closed it."""
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=20, choices=Finding, blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="emergency_ends_after_start"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("person")),
                name="emergency_reviewed_by_another",
            ),
            models.UniqueConstraint(
                fields=["community", "person"], condition=Q(closed_at__isnull=True), name="emergency_once_at_a_time"
            ),
        ]
