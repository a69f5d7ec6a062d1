"""The answers to letters that have come, so that each lands once and a loop is seen. Not a word of them is here."""

import uuid

from django.db import models


class ReceivedAnswer(models.Model):
    """One message; in the shape that can be distributed (design §5)."""

    pk = models.CompositePrimaryKey("community_id", "id")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    id = models.UUIDField(default=uuid.uuid4)
    """Made of the message's own Message-ID."""
    notice_id = models.UUIDField()
    sender_mark = models.BinaryField(max_length=32)
    """Keyed hash of the mailbox that wrote."""
    path = models.CharField(max_length=300)
    """The page that the answered letter was about."""
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, blank=True)
    """Empty until the service has heard of it."""

    class Meta:
        app_label = "notices"
        ordering = ("-at", "id")
        indexes = [
            models.Index(fields=["sender_mark", "path", "at"], name="answer_lately"),
            models.Index(fields=["at"], name="answer_by_age"),
        ]
