"""Public hearings of a petition and every change of them."""

from django.db import models
from django.db.models import Q

from edem.services.petitions.rules.hearings import Change, Standing


class Hearing(models.Model):
    """One hearing: when, where, about what, and what was said there."""

    petition = models.ForeignKey("petitions.Petition", on_delete=models.PROTECT, related_name="hearings")
    standing = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Standing])
    starts_at = models.DateTimeField(null=True)
    """None when it was declined before there was a date."""
    minutes = models.PositiveSmallIntegerField(default=60)
    """How long it lasts."""
    place = models.CharField(max_length=300, blank=True)
    online = models.URLField(max_length=500, blank=True)
    agenda = models.TextField(blank=True)
    record = models.TextField(blank=True)
    """The minutes as they are published."""
    record_file = models.OneToOneField("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(standing=Standing.APPOINTED.value), name="hearing_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[each.value for each in Standing]), name="hearing_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.DECLINED.value) | Q(starts_at__isnull=False), name="hearing_has_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(online="") | Q(online__startswith="https://"), name="hearing_online_is_https"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(standing=Standing.APPOINTED.value), name="hearing_to_come"),
        ]


class HearingChange(models.Model):
    """One line of a hearing's history, never changed; an old date stays visible."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Change])
    note = models.TextField(blank=True)
    starts_before = models.DateTimeField(null=True)
    starts_after = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
