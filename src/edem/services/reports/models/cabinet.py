"""What an organisation's cabinet keeps beside the chain: templates, links for contractors, what executors report."""

import uuid

from django.db import models
from django.db.models import F, Q


class AnswerTemplate(models.Model):
    """Words that an organisation writes again and again."""

    organisation = models.ForeignKey("communities.Organisation", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="report_answer_template_once"),
        ]


class TaskLink(models.Model):
    """One report for somebody without an account: whoever has the sealed address may do this one task."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("reports.Assignment", on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=200)
    """For whom it was made: «ТОВ „Ремдор“, бригада 2»."""
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    """When it was first opened."""

    class Meta:
        ordering = ("-made_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="report_link_ends_after_start")
        ]


class WorkReport(models.Model):
    """«Зроблено»: the executor's word to the head, the worker and the control body (§4.5); the worker closes."""

    assignment = models.ForeignKey("reports.Assignment", on_delete=models.CASCADE, related_name="work_reports")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    """None for a contractor who came by a link."""
    link = models.ForeignKey(TaskLink, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")


class AnswerFile(models.Model):
    """A document that came with an answer by mail."""

    answer = models.ForeignKey("reports.Answer", on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)


class MailedAnswer(models.Model):
    """By which message an answer came: the same message never lands twice."""

    answer = models.OneToOneField("reports.Answer", on_delete=models.CASCADE, primary_key=True, related_name="+")
    reply_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ("pk",)


class LostLetter(models.Model):
    """A letter to an organisation's mailbox that nobody has read there; the control body settles it."""

    assignment = models.ForeignKey("reports.Assignment", on_delete=models.CASCADE, related_name="lost_letters")
    notice_id = models.UUIDField(unique=True)
    status = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "pk")


class TaskSending(models.Model):
    """What a telephone sent, by the number it made: after a lost answer it comes again and is taken once."""

    id = models.UUIDField(primary_key=True, editable=False)
    assignment = models.ForeignKey("reports.Assignment", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
