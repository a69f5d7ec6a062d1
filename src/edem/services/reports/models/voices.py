"""Everyone for whom it is a problem too; reports of one thing are one incident."""

from django.db import models


class Incident(models.Model):
    """Several reports of the same thing: its clock starts at the first, every voice hears every news."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    lead = models.OneToOneField("reports.Report", on_delete=models.PROTECT, related_name="+")
    """The report that is worked on; the others follow it."""
    started_at = models.DateTimeField()

    class Meta:
        ordering = ("-started_at", "-pk")


class Joining(models.Model):
    """One report was put to another as the same thing, and what it was before: so that it can be undone."""

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="joinings")
    lead = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey("reports.Report", null=True, on_delete=models.PROTECT, related_name="+")
    """The report it followed already, with which it came; none when it was put here itself."""
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)
    """State, terms and organisations as they were; the lead's own terms too."""
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "lead"], condition=models.Q(undone_at__isnull=True), name="report_joined_once"
            )
        ]
        indexes = [
            models.Index(fields=["lead"], name="report_joined_to", condition=models.Q(undone_at__isnull=True)),
        ]


class Voice(models.Model):
    """«Мене це теж стосується»: once a person."""

    pk = models.CompositePrimaryKey("community_id", "report_id", "person_id")
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    report_id = models.BigIntegerField()
    person_id = models.UUIDField()
    added_at = models.DateTimeField()
    came_by = models.BigIntegerField(null=True)
    """The merged report on which it was given; none when it was given here."""

    class Meta:
        ordering = ("added_at", "person_id")
        indexes = [models.Index(fields=["person_id", "-added_at"], name="report_voice_by_person")]
