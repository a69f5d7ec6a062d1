"""Parts of the community that residents watch: a circle on the map, a street. Who watches them is known to notices."""

from django.db import models
from django.db.models import Q

from edem.services.reports.rules.watching import MOST_RADIUS_M, Watched

_CIRCLE = Q(kind=Watched.CIRCLE.value, lat__isnull=False, lon__isnull=False, cell__isnull=False, radius_m__gt=0)
_STREET = Q(kind=Watched.STREET.value, street__gt="", lat__isnull=True, lon__isnull=True, cell__isnull=True, radius_m=0)


class WatchedArea(models.Model):
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Watched])
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    radius_m = models.PositiveIntegerField(default=0)
    street = models.CharField(max_length=120, blank=True)
    """As streets are compared: `rules.watching.street_key`."""
    title = models.CharField(max_length=200)
    """As its person calls it."""
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=_CIRCLE | _STREET, name="watched_area_whole"),
            models.CheckConstraint(condition=Q(radius_m__lte=MOST_RADIUS_M), name="watched_area_not_huge"),
        ]
        indexes = [
            models.Index(fields=["community", "radius_m", "cell"], name="watched_circle", condition=Q(kind="circle")),
            models.Index(fields=["community", "street"], name="watched_street", condition=Q(kind="street")),
        ]
