"""What somebody began to report and has not sent yet: everything typed, and the photos, wait here."""

import uuid

from django.db import models


class ReportDraft(models.Model):
    """Its id becomes the report's `client_uuid`: a draft is sent once, however often the button is pressed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    """As `rules.writing.Typed` has it."""
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    merge_id = models.BigIntegerField(null=True)
    """The merge of two accounts that it came over with; with their parting it goes back."""

    class Meta:
        ordering = ("-touched_at", "pk")
        indexes = [
            models.Index(fields=["author", "-touched_at"], name="report_draft_of_author"),
            models.Index(fields=["touched_at"], name="report_draft_by_age"),
        ]


class DraftShot(models.Model):
    """A photo or a video of the draft, and what it told before its metadata were removed."""

    draft = models.ForeignKey(ReportDraft, on_delete=models.CASCADE, related_name="shots")
    file = models.OneToOneField("files.StoredFile", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    dhash = models.BigIntegerField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    is_blurred = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")


class PhotoBlur(models.Model):
    """The public trace of a part of a photo that was made unreadable after the report came into the open."""

    photo = models.ForeignKey("reports.Photo", on_delete=models.CASCADE, related_name="blurs")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    actor = models.CharField(max_length=20)
    """«moderator» or «author»."""
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")


class SelfHelp(models.Model):
    """Neighbours take the problem on themselves (§1.1, §3.2): who leads, what is planned, what was done."""

    report = models.OneToOneField("reports.Report", on_delete=models.CASCADE, related_name="self_help")
    leader = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    leader_name = models.CharField(max_length=200)
    plan = models.TextField()
    meets_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    moderator_note = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_text = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True)
    """They do not do it after all: it is the organisations' again."""
    stop_reason = models.TextField(blank=True)
    merge_id = models.BigIntegerField(null=True)
    """The merge of two accounts that it came over with; with their parting it goes back."""

    class Meta:
        ordering = ("proposed_at", "pk")


class HelpingHand(models.Model):
    """Somebody who said they will come."""

    self_help = models.ForeignKey(SelfHelp, on_delete=models.CASCADE, related_name="helpers")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    merge_id = models.BigIntegerField(null=True)
    """The merge of two accounts that it came over with; with their parting it goes back."""

    class Meta:
        ordering = ("joined_at", "pk")
        constraints = [models.UniqueConstraint(fields=["self_help", "person"], name="report_helper_once")]
