"""What the clock took away when its time was over: the record stays, what it was about does not."""

from django.db import models
from django.db.models import Q

from edem.services.petitions.rules.retention import Erased

_KINDS = [kind.value for kind in Erased]


class Erasure(models.Model):
    """A signers' list or a draft that was removed, or is being removed: never whose it was."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    petition_id = models.BigIntegerField()
    """No key of the database: a draft is gone afterwards."""
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in _KINDS])
    announced_at = models.DateTimeField(null=True)
    """When the author was told that a draft would go."""
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    amount = models.PositiveIntegerField(default=0)
    """Signatures on the list, those taken off among them."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["petition_id", "kind"], name="erased_once"),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="erasure_kind_known"),
        ]
        indexes = [
            models.Index(fields=["kind", "announced_at"], condition=Q(finished_at=None), name="erasure_to_finish")
        ]
