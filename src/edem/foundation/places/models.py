"""The country's places (КАТОТТГ, the official codifier) and its working calendar, version by version."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """One object of the codifier: an oblast, a raion, a community, a settlement or a city district."""

    class Category(models.TextChoices):
        OBLAST = "O", _("область")
        SPECIAL_CITY = "K", _("місто зі спеціальним статусом")
        RAION = "P", _("район")
        COMMUNITY = "H", _("територіальна громада")
        CITY = "M", _("місто")
        TOWNSHIP = "T", _("селище міського типу")
        VILLAGE = "C", _("село")
        SETTLEMENT = "X", _("селище")
        CITY_DISTRICT = "B", _("район у місті")

    code = models.CharField(max_length=19, primary_key=True)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=400, db_index=True)
    """`sort_key(name)`: Ukrainian alphabetical order."""
    folded = models.CharField(max_length=200, default="")
    """`fold(name)`: what a typed beginning is compared with."""
    category = models.CharField(max_length=1, choices=Category)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    community_code = models.CharField(max_length=19, blank=True, db_index=True)
    """The community that the unit lies in, itself for a community."""

    class Meta:
        ordering = ("name_key", "code")
        indexes = [models.Index(fields=["folded"], opclasses=["text_pattern_ops"], name="unit_begins_with")]


class CalendarVersion(models.Model):
    """The working calendar as the platform operator left it at one moment; never changed, only followed by the next."""

    saved_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    """The law or the order behind the change."""
    values = models.JSONField()

    class Meta:
        ordering = ("saved_at", "pk")
        indexes = [models.Index(fields=["-saved_at", "-id"], name="calendar_latest")]
