"""Communities (громади), their districts and organisations, and the versioned charters of their services."""

from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from edem.foundation.communities.charter import Charter

AnyCharter = TypeVar("AnyCharter", bound=Charter)


class Community(models.Model):
    """One territorial community: a tenant of the platform, or so far a line in the national list."""

    slug = models.SlugField(max_length=60, unique=True)
    katottg = models.CharField(max_length=19, unique=True)
    host = models.CharField(max_length=253, null=True, unique=True)
    """A host name of its own, when it has one."""
    name = models.CharField(max_length=200)
    """Називний: «Вишневогірська міська територіальна громада»."""
    name_genitive = models.CharField(max_length=200)
    """Родовий: «Вишневогірської міської територіальної громади»."""
    name_locative = models.CharField(max_length=200)
    """Місцевий, where one lives: «у Вишневогірську», or «у Вишневогірській громаді» while nobody has said better."""
    name_key = models.CharField(max_length=400, db_index=True)
    folded = models.CharField(max_length=200, default="")
    """`fold(name)`: what a typed beginning is compared with."""
    oblast = models.CharField(max_length=100, blank=True)
    raion = models.CharField(max_length=100, blank=True)
    population = models.PositiveIntegerField(null=True)
    council_name = models.CharField(max_length=300)
    council_name_genitive = models.CharField(max_length=300, blank=True)
    edrpou = models.CharField(max_length=10, blank=True)
    accent = models.CharField(max_length=7, default="#2346c7")
    coat_of_arms = models.FileField(upload_to="arms/", blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    services = ArrayField(models.CharField(max_length=40), default=list)
    """Codes of the services that are switched on."""
    cnap_address = models.CharField(max_length=300, blank=True)
    """Where those without a smartphone are served."""
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    is_open = models.BooleanField(default=True)
    """False for a community that is only in the national list."""

    class Meta:
        ordering = ("name_key", "slug")
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="community_slug_plain"),
            models.CheckConstraint(condition=Q(katottg__regex=r"^UA[0-9]{17}$"), name="community_katottg_whole"),
            models.CheckConstraint(condition=Q(accent__regex=r"^#[0-9a-f]{6}$"), name="community_accent_hex"),
        ]
        indexes = [models.Index(fields=["folded"], opclasses=["text_pattern_ops"], name="community_begins_with")]


class Border(models.Model):
    """Where the community's land ends, once somebody has drawn it; apart from the community, because it is long."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, primary_key=True, related_name="border")
    area = models.JSONField()
    """GeoJSON that kernel.geo.areas has read and written."""
    changed_at = models.DateTimeField()


class District(models.Model):
    """A part of the community that its own documents speak of: a city district, a starosta district."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="districts")
    name = models.CharField(max_length=200)
    settlement_codes = ArrayField(models.CharField(max_length=19), default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="district_named_once")]


class Organisation(models.Model):
    """A body, enterprise or NGO that works with the community's residents."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("виконавчий орган ради")
        ENTERPRISE = "enterprise", _("комунальне підприємство")
        INSTITUTION = "institution", _("установа або заклад")
        CONTROL = "control", _("орган контролю")
        NGO = "ngo", _("громадська організація")
        OTHER = "other", _("інша організація")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=600, blank=True)
    edrpou = models.CharField(max_length=10, blank=True)
    email = models.EmailField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    closed_at = models.DateTimeField(null=True, blank=True)
    """An organisation that has ended keeps its cases and gets no new ones."""

    class Meta:
        ordering = ("name_key", "name", "pk")
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="organisation_named_once")]


class CharterVersion(models.Model):
    """What the council decided for one service, from a day on; never changed, only followed by the next."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="charters")
    service = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    in_force_from = models.DateTimeField()
    act_title = models.CharField(max_length=300)
    act_number = models.CharField(max_length=40)
    act_date = models.DateField()
    act_url = models.URLField(blank=True)
    values = models.JSONField()
    clauses = models.JSONField(default=dict)
    """Field name → the clause of the act behind it."""

    class Meta:
        ordering = ("community", "service", "version")
        constraints = [
            models.UniqueConstraint(fields=["community", "service", "version"], name="charter_version_once"),
        ]
        indexes = [
            models.Index(fields=["community", "service", "-in_force_from", "-version"], name="charter_in_force"),
        ]

    def read(self, model: type[AnyCharter]) -> AnyCharter:
        """The numbers as the service's own typed model; fields a later release dropped or added do not spoil it."""
        known = {name: value for name, value in self.values.items() if name in model.model_fields}
        return model.model_validate(known)
