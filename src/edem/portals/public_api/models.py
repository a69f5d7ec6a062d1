"""Keys that organisations' programs bring to the API."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ApiKey(models.Model):
    """A key of one organisation's program; only its hash is kept, so a lost key is replaced and never looked up."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("communities.Organisation", null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8, unique=True)
    """Shown in lists, so that people can tell keys apart."""
    digest = models.BinaryField(max_length=32)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    scopes = ArrayField(models.CharField(max_length=60), null=True)
    """What it was given for. None: made before there were scopes, it reads what is open to all."""
    per_minute = models.PositiveIntegerField(null=True)
    """How often each of our processes answers it; None: as usual."""
    replaces = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    """The key that it was made instead of, which goes on working for some days."""

    class Meta:
        ordering = ("-made_at", "pk")

    def may(self, scope: str) -> bool:
        return scope in self.scopes if self.scopes is not None else scope.endswith(":read")
