"""What problems are about: the act's tree, which each community edits as its own."""

from django.db import models


class Category(models.Model):
    """A direction, a category or a kind: three levels, told apart by the act's own numbers."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    """«2.1.1», as in the act; a community's own go on from there."""
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    """One that is switched off keeps its reports and gets no new ones."""
    words = models.CharField(max_length=500, blank=True)
    """Other words people say for it, for the search."""
    scale_m = models.PositiveIntegerField(default=30)
    """How far apart two reports of the same thing may lie."""
    window_hours = models.PositiveIntegerField(default=24 * 30)
    """For how long after one report another is probably of the same thing."""
    photo_required_on_closing = models.BooleanField(default=False)
    questions = models.JSONField(default=list)
    """Asked in addition: [{"code", "label", "kind": "text|number|date|choice|choices", "required", "options"}]."""

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["community", "code"], name="report_category_once")]
