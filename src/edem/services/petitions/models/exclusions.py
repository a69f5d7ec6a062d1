"""Exclusions of fraudulent signatures: what was chosen and why, with every step; nothing of it is ever deleted."""

from django.db import models
from django.db.models import Q

from edem.foundation.audit.models import StepRecord
from edem.services.petitions.models.petition import Petition
from edem.services.petitions.rules.exclusions import TOOK_PLACE, Ground, Standing


class Exclusion(models.Model):
    """A set of signatures that an officer proposes to take off the count; what it took off are SignatureRemovals."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="exclusions")
    standing = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Standing])
    ground = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Ground])
    reason = models.TextField()
    """Everybody reads it, like the ground."""
    conditions = models.JSONField()
    """rules.conditions.Conditions."""
    last_ordinal = models.PositiveIntegerField()
    """Signatures after this place in the list came later than the preview and are none of its."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the places chosen, in order: exactly the set that was previewed is the set that goes."""
    count = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    """Of what waits now: the exclusion, later perhaps its return."""
    proposed_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    returned_count = models.PositiveIntegerField(default=0)
    """How many came back: fewer than went, if a signer has withdrawn meanwhile."""

    class Meta:
        ordering = ("proposed_at", "pk")
        indexes = [
            models.Index(fields=["community", "standing", "proposed_at"], name="exclusion_by_standing"),
            models.Index(fields=["id"], condition=Q(undone_at__isnull=False), name="exclusion_undone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=[each.value for each in Standing]), name="exclusion_standing_known"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="exclusion_takes_something"),
            models.CheckConstraint(
                condition=~Q(standing__in=sorted(each.value for each in TOOK_PLACE)) | Q(held_at__isnull=False),
                name="exclusion_held_when",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.UNDONE.value) | Q(undone_at__isnull=False), name="exclusion_undone_when"
            ),
            models.UniqueConstraint(
                fields=["petition", "digest"],
                condition=Q(standing=Standing.PROPOSED.value),
                name="exclusion_proposed_once",
            ),
        ]


class ExclusionStep(StepRecord):
    """Every step of an exclusion: who proposed, who decided, in which words."""

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="steps")

    class Meta(StepRecord.Meta):
        indexes = [models.Index(fields=["exclusion", "at"], name="exclusion_step_in_order")]
