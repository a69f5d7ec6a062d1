"""A published text that a moderator took down, on a ground that a law gives (decision 0019)."""

from django.db import models
from django.db.models import F, Q

from edem.services.petitions.models.petition import Petition


class TextHiding(models.Model):
    """That it was hidden, why, and who showed it again; meanwhile the words lie here and nowhere else."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="hidings")
    title = models.CharField(max_length=300)
    essence = models.TextField(blank=True)
    demand = models.TextField(blank=True)
    ground = models.CharField(max_length=300)
    """As it read on the day."""
    note = models.TextField()
    """What the moderator explained, for everybody."""
    hidden_at = models.DateTimeField()
    hidden_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True)
    shown_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    shown_note = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)
    """When the words themselves went: nobody has shown them again in the year that a court may be asked in."""

    class Meta:
        ordering = ("hidden_at", "pk")
        indexes = [
            models.Index(
                fields=["hidden_at"], condition=Q(shown_at=None, erased_at=None), name="petition_text_to_erase"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(shown_at__isnull=True), name="petition_text_hidden_once"
            ),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True, shown_by__isnull=True)
                | (Q(shown_at__isnull=False) & Q(shown_by__isnull=False) & ~Q(shown_by=F("hidden_by"))),
                name="petition_text_shown_by_another",
            ),
        ]
