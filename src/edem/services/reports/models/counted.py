"""What a map of very many reports reads instead of them: how many lie in each cell, for every zoom."""

from django.db import models


class CellCount(models.Model):
    """Reports of one state in one cell of one zoom; it can always be counted anew from the reports."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    zoom = models.PositiveSmallIntegerField()
    cell = models.BigIntegerField()
    """The number of the cell at this zoom: that of zoom 22 without its last bits."""
    state = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    lat_sum = models.FloatField()
    lon_sum = models.FloatField()
    """By the sums the points' middle is known: it is drawn there, not in the middle of the cell."""

    class Meta:
        ordering = ("zoom", "cell", "state", "pk")
        constraints = [
            models.UniqueConstraint(fields=["community", "zoom", "cell", "state"], name="report_cell_counted_once")
        ]


class CellRound(models.Model):
    """How far a community's cells have been counted."""

    community = models.OneToOneField(
        "communities.Community", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    counted_till = models.DateTimeField()
    """Changes before it are in."""
    moved_at = models.DateTimeField()
    """When a number last changed: a part of the address of the map's tiles."""
