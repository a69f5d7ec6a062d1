"""Uploaded files: what they are, whose they are, who may read them. The content lies in Django's default storage."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from edem.foundation.files.rules import Kind


class FileState(models.TextChoices):
    NEW = "new", _("щойно надісланий")
    """Not yet part of anything; a forgotten one is removed after a day."""
    KEPT = "kept", _("збережений")


class Drawing(models.TextChoices):
    """Of a picture that was taken in as it came: nobody sees it before a job has drawn it anew."""

    DONE = "", _("готове")
    WAITING = "waiting", _("готується")
    BROKEN = "broken", _("не відкривається")


class StoredFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    """None for what the platform made itself."""
    purpose = models.CharField(max_length=60)
    """Which service asked for it, and for what: «petitions.attachment»."""
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in Kind])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=100, unique=True)
    """Where it lies in the storage."""
    small_place = models.CharField(max_length=100, default="", db_default="")
    """Where a picture's small copy lies, once the job has drawn it."""
    drawing = models.CharField(max_length=7, choices=Drawing.choices, default=Drawing.DONE, db_default="", blank=True)
    state = models.CharField(max_length=4, choices=FileState.choices, default=FileState.NEW)
    is_public = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=FileState.values), name="file_state_known"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_has_content"),
        ]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(state="new"), name="file_not_yet_kept")]
