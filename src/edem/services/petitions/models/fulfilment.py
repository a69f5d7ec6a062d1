"""The plan of fulfilment: stages, every change of them, and the evidence that a stage was done."""

from django.db import models
from django.db.models import Q

from edem.services.petitions.rules.fulfilment import Change, Standing


class PlanStage(models.Model):
    """One thing to be done, by whom and by when."""

    petition = models.ForeignKey("petitions.Petition", on_delete=models.PROTECT, related_name="plan")
    title = models.CharField(max_length=300)
    body = models.CharField(max_length=300)
    """Who does it."""
    due_at = models.DateTimeField()
    amount = models.BigIntegerField(null=True)
    """In kopiykas."""
    standing = models.CharField(
        max_length=10, default=Standing.PLANNED.value, choices=[(each.value, each.value) for each in Standing]
    )
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ("due_at", "pk")
        indexes = [
            models.Index(fields=["petition", "due_at"], name="plan_in_order"),
            models.Index(fields=["due_at"], condition=Q(standing=Standing.PLANNED.value), name="plan_by_clock"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=[each.value for each in Standing]), name="plan_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="plan_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.DONE.value, done_on__isnull=False)
                | (~Q(standing=Standing.DONE.value) & Q(done_on__isnull=True)),
                name="plan_done_has_a_day",
            ),
        ]


class PlanChange(models.Model):
    """One line of the plan's history, never changed: who, when, what, why; an old date stays visible."""

    stage = models.ForeignKey(PlanStage, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Change])
    note = models.TextField(blank=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Change.MOVED.value) | Q(due_before__isnull=False, due_after__isnull=False),
                name="plan_move_keeps_both_dates",
            ),
        ]


class Evidence(models.Model):
    """A photo or a paper that shows a stage was done; everybody sees it once someone has checked it."""

    stage = models.ForeignKey(PlanStage, on_delete=models.PROTECT, related_name="evidence")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    """What it shows: the caption, and the picture's words for those who do not see it."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("added_at", "pk")
