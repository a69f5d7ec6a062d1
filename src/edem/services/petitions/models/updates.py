"""What the author tells after publication: news to followers, and corrections of the text before anybody signs."""

from enum import StrEnum

from django.db import models

from edem.services.petitions.models.petition import Petition
from edem.services.petitions.rules.updates import UPDATE_MAX


class Told(StrEnum):
    """Where something that waits for the moderator stands."""

    WAITING = "waiting"
    PUBLIC = "public"
    REFUSED = "refused"
    HIDDEN = "hidden"
    """It was public, and a moderator took it down after a report."""
    LAPSED = "lapsed"
    """A correction that somebody's signature overtook, or that the author took back."""


_TOLD = [state.value for state in Told]


class PetitionUpdate(models.Model):
    """The author's short news."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="updates")
    text = models.CharField(max_length=UPDATE_MAX)
    state = models.CharField(max_length=10, default=Told.WAITING, choices=[(s, s) for s in _TOLD])
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=300, blank=True)
    """Why it was refused or hidden, as it read on the day."""

    class Meta:
        ordering = ("-written_at", "-pk")
        indexes = [models.Index(fields=["petition", "-written_at"], name="petition_update_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=models.Q(state=Told.WAITING.value), name="petition_update_waits_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=_TOLD), name="petition_update_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=Told.PUBLIC.value) | models.Q(published_at__isnull=False),
                name="petition_update_public_since",
            ),
        ]


class PetitionEdition(models.Model):
    """A correction of the published text, and the text it took the place of: nothing that was public disappears."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=300)
    essence = models.TextField()
    demand = models.TextField()
    state = models.CharField(max_length=10, default=Told.WAITING, choices=[(s, s) for s in _TOLD])
    written_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    earlier_title = models.CharField(max_length=300, blank=True)
    earlier_essence = models.TextField(blank=True)
    earlier_demand = models.TextField(blank=True)
    ground = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=models.Q(state=Told.WAITING.value), name="petition_edition_waits_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=_TOLD), name="petition_edition_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=Told.PUBLIC.value)
                | (models.Q(taken_at__isnull=False) & ~models.Q(earlier_title="")),
                name="petition_edition_keeps_the_earlier",
            ),
        ]
