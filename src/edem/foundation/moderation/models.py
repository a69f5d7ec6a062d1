"""The queue of what moderators decide, what they decided and why, and what readers reported."""

from django.db import models
from django.db.models import Q

from edem.foundation.moderation.rules import DECISION_LABELS, REPORT_REASONS, Decision, Subject

# Migrations keep plain values: history must not need today's code.
_DECISIONS = [(decision.value, label) for decision, label in DECISION_LABELS.items()]
_REASONS = [(reason.value, label) for reason, label in REPORT_REASONS.items()]


class ModerationCase(models.Model):
    """One question to a moderator about one thing: may it be published, may it stay."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    """Where the moderator sees it, within the community."""
    is_reported = models.BooleanField(default=False)
    """Opened by readers' reports, not by the thing's own way to publication."""
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, blank=True, choices=_DECISIONS)
    ground = models.CharField(max_length=40, blank=True)
    ground_label = models.CharField(max_length=300, blank=True)
    """As it read on the day: the record stays true when the list of grounds changes."""
    clause = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    public_note = models.TextField(blank=True)
    """What the public record may say beyond the ground; the text itself only if the ground lets it."""
    public_path = models.CharField(max_length=300, blank=True, db_default="")
    """Where everybody sees what became of it, within the community."""

    class Meta:
        ordering = ("due_at", "opened_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "service", "kind", "subject_id"],
                condition=Q(decided_at__isnull=True),
                name="case_open_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision="")
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decision__in=[decision for decision, _ in _DECISIONS],
                ),
                name="case_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.REFUSED.value) | (~Q(ground="") & ~Q(reason="")),
                name="refusal_has_its_ground",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "service", "kind", "subject_id"], name="case_of_subject"),
            models.Index(fields=["community", "-decided_at"], name="case_in_public_log"),
        ]

    @property
    def subject(self) -> Subject:
        return Subject(service=self.service, kind=self.kind, subject_id=self.subject_id)


class ContentReport(models.Model):
    """A reader says that something should not stand here; one from each person."""

    case = models.ForeignKey(ModerationCase, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=_REASONS)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="reported_once")]
