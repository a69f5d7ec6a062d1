"""Files that the author adds to a petition, each with words that say what it is."""

from django.db import models

from edem.services.petitions.models.petition import Petition


class Attachment(models.Model):
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="attachments")
    file = models.OneToOneField("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """None once a year has passed since a moderator hid it."""
    title = models.CharField(max_length=200)
    """What the file is; of a picture, what is seen in it: it is read aloud in the picture's place."""
    place = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    hidden_ground = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("petition", "place", "pk")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="attachment_has_words"),
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True) | ~models.Q(hidden_ground=""),
                name="attachment_hidden_on_a_ground",
            ),
        ]
