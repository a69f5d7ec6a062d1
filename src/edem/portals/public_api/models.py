"""Keys that organisations' programs bring to the API."""

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

    class Meta:
        ordering = ("-made_at", "pk")
