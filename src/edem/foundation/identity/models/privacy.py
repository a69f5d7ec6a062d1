"""What a person asks of the council about their own data."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from edem.foundation.identity.correction_rules import Decision
from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.people.models import Person

_DECISIONS = [decision.value for decision in Decision]


class Correction(models.Model):
    """A request to correct what the vault holds; its words are sealed and go once it is decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=20))
    words = SealedField(default=b"")
    """What is wrong and how it should be."""
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decision = models.CharField(max_length=12, default="waiting", choices=[(each, each) for each in _DECISIONS])
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-asked_at", "pk")
        indexes = [
            models.Index(fields=["community", "due_at"], condition=Q(decision="waiting"), name="correction_waiting")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(decision="waiting"), name="correction_asked_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(decision__in=_DECISIONS), name="correction_decision_known"),
            models.CheckConstraint(
                condition=Q(decision="waiting") ^ Q(decided_at__isnull=False), name="correction_decided_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(reason=""), name="correction_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["corrected", "refused"]) | Q(decided_by__isnull=False),
                name="correction_decided_by_somebody",
            ),
        ]
