"""Who did what: the audit of staff acts, the backups taken, and the shape of every service's own history."""

from django.conf import settings
from django.db import models


def kind_of(subject: models.Model) -> str:
    """The name of its kind: petitions.petition."""
    return subject._meta.label_lower  # noqa: SLF001 - Django's public name, underscore or not


class AuditEntry(models.Model):
    """One act of a member of staff. The database refuses to change or delete it (migration 0001)."""

    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    roles = models.CharField(max_length=300, blank=True)
    """The roles held at that moment, for they may be taken back later."""
    community = models.ForeignKey("communities.Community", null=True, on_delete=models.PROTECT, related_name="+")
    """None for an act about the platform itself."""
    act = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    """Plain facts of the act; never personal data."""

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["community", "-at"], name="audit_by_community"),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["person", "-at"], name="audit_by_person"),
        ]


class BackupTaken(models.Model):
    """A whole backup, told by `./edem backup` itself: the newest row says how old the newest file is."""

    at = models.DateTimeField()
    row_count = models.BigIntegerField()
    file_count = models.BigIntegerField()
    size = models.BigIntegerField()
    """Of the file, in bytes."""

    class Meta:
        ordering = ("-at", "-pk")


class StepRecord(models.Model):
    """One step of an item's life, appended and never changed. A service adds a foreign key to its item."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None when the clock made the step."""
    actor = models.CharField(max_length=40)
    """In which capacity: a role, "author" or "clock"."""
    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    clause = models.CharField(max_length=300, blank=True)
    """The law's or the charter's clause under which the step was made."""
    public = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ("at", "pk")
