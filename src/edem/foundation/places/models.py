"""The country's places: the official codifier of administrative units (КАТОТТГ)."""

from django.db import models


class Unit(models.Model):
    """One object of the codifier: an oblast, a raion, a community, a settlement or a city district."""

    class Category(models.TextChoices):
        OBLAST = "O", "область"
        SPECIAL_CITY = "K", "місто зі спеціальним статусом"
        RAION = "P", "район"
        COMMUNITY = "H", "територіальна громада"
        CITY = "M", "місто"
        TOWNSHIP = "T", "селище міського типу"
        VILLAGE = "C", "село"
        SETTLEMENT = "X", "селище"
        CITY_DISTRICT = "B", "район у місті"

    code = models.CharField(max_length=19, primary_key=True)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=400, db_index=True)
    """`sort_key(name)`: Ukrainian alphabetical order."""
    category = models.CharField(max_length=1, choices=Category)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    community_code = models.CharField(max_length=19, blank=True, db_index=True)
    """The community that the unit lies in, itself for a community."""

    class Meta:
        ordering = ("name_key", "code")
