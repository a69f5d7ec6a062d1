"""Who holds a report: the public chain of organisations, and the matrix by which it is routed."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q


class Assignment(models.Model):
    """One organisation's time with a report: from the letter to the closing or to «не наше»."""

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey("communities.Organisation", on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField(default=False)
    """The others help, or only know of it (§3.2: several may accept)."""
    sent_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    inform_due_at = models.DateTimeField(null=True)
    alarm_at = models.DateTimeField(null=True)
    """When its worker is to be reminded, or warned, about the head."""
    head_informed_at = models.DateTimeField(null=True)
    """«Керівника поінформовано»: one working day (§4.2)."""
    accepted_at = models.DateTimeField(null=True)
    executor = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    executor_name = models.CharField(max_length=200, blank=True)
    """A worker or a contractor without an account."""
    reported_at = models.DateTimeField(null=True)
    """When the executor said that the work is done (§4.5)."""
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    passed_to = models.ForeignKey("communities.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    resent_at = models.DateTimeField(null=True)
    """When the moderator's second letter went (§4.3)."""
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sent_at", "pk")
        indexes = [
            models.Index(fields=["report", "sent_at"], name="report_chain_in_order"),
            BrinIndex(fields=["sent_at", "accepted_at", "returned_at"], name="report_chain_by_week"),
            models.Index(
                fields=["organisation", "sent_at"],
                name="report_held_now",
                condition=Q(returned_at__isnull=True, closed_at__isnull=True),
            ),
            models.Index(
                fields=["organisation", "inform_due_at", "id"],
                name="report_head_to_tell",
                condition=Q(
                    head_informed_at__isnull=True,
                    accepted_at__isnull=True,
                    returned_at__isnull=True,
                    closed_at__isnull=True,
                ),
            ),
            models.Index(
                fields=["organisation", "sent_at", "id"],
                name="report_helped_with",
                condition=Q(is_main=False, returned_at__isnull=True, closed_at__isnull=True),
            ),
            models.Index(fields=["alarm_at", "id"], name="report_chain_alarm", condition=Q(alarm_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "organisation"],
                condition=Q(returned_at__isnull=True, closed_at__isnull=True),
                name="report_held_once_by_each",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(is_main=True, returned_at__isnull=True, closed_at__isnull=True),
                name="report_one_main_holder",
            ),
        ]


class MatrixRule(models.Model):
    """One line of the matrix (Annex 3 of the act); the first that fits wins."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    category = models.ForeignKey("reports.Category", null=True, on_delete=models.PROTECT, related_name="+")
    """Of any level, with everything under it; none: all of them."""
    area = models.JSONField(null=True)
    """A GeoJSON polygon; none: the whole community."""
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("position", "pk")
        indexes = [models.Index(fields=["community", "position"], name="report_matrix_in_order")]


class MatrixTarget(models.Model):
    rule = models.ForeignKey(MatrixRule, on_delete=models.CASCADE, related_name="targets")
    organisation = models.ForeignKey("communities.Organisation", on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField(default=False)
    substitute = models.ForeignKey("communities.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    """Who is named to the control body when this one is silent or its box is dead."""

    class Meta:
        ordering = ("-is_main", "pk")
        constraints = [
            models.UniqueConstraint(fields=["rule", "organisation"], name="report_target_once"),
            models.UniqueConstraint(fields=["rule"], condition=Q(is_main=True), name="report_one_main_target"),
        ]
