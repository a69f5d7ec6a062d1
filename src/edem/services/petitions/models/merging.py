"""What the merging of two accounts did to petitions, so that a mistaken one can be undone. No marks are kept here."""

from django.db import models
from django.db.models import Q

from edem.services.petitions.models.exclusions import Exclusion
from edem.services.petitions.models.petition import Petition


class MergeTrace(models.Model):
    """One petition that an absorbed account had signed or written."""

    class Kind(models.TextChoices):
        MOVED = "moved"
        """The signature is the kept account's now, under its mark."""
        DOUBLED = "doubled"
        """Both had signed: one of the two is counted no more."""
        AUTHORED = "authored"

    merge_id = models.BigIntegerField()
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    exclusion = models.ForeignKey(Exclusion, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["merge_id", "petition", "kind"], name="merge_traced_once"),
            models.CheckConstraint(
                condition=Q(exclusion__isnull=True) | Q(kind="doubled"), name="merge_excludes_doubles_only"
            ),
        ]
