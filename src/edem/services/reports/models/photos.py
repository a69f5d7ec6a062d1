"""Pictures of the problem and of the work done."""

from django.db import models


class Photo(models.Model):
    class Stage(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=6, choices=Stage, default=Stage.BEFORE)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    dhash = models.BigIntegerField(null=True)
    """What it looks like in 64 bits, to find the same thing taken twice."""
    added_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        indexes = [models.Index(fields=["report", "position"], name="report_photo_in_order")]
