"""What is written on a report: to its author and everybody, and inside an organisation."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Answer(models.Model):
    class Kind(models.TextChoices):
        ANSWER = "answer"
        QUESTION = "question"
        """To the author."""
        REPLY = "reply"
        """The author's."""
        EXPLANATION = "explanation"
        """Why it is not solved yet, or cannot be: it meets the thirty days (§4.4)."""
        WARNING = "warning"
        """The control body's, when a term was missed (§4.3)."""

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="replies")
    organisation = models.ForeignKey("communities.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    """None for what the system wrote in the control body's name."""
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    at = models.DateTimeField()
    public = models.BooleanField(default=True)

    class Meta:
        ordering = ("at", "pk")
        indexes = [
            models.Index(fields=["report", "at"], name="report_answer_in_order"),
            BrinIndex(fields=["at"], name="report_answers_by_week"),
        ]


class InternalNote(models.Model):
    """Read only inside the organisation that wrote it."""

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="notes")
    organisation = models.ForeignKey("communities.Organisation", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["report", "at"], name="report_note_in_order")]
