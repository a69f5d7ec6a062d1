"""A city's own OpenID Connect provider for its staff, and whose accounts there are whose here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from edem.foundation.people.models.person import Person


class OutsideProvider(models.Model):
    """What the platform's operator settled about one provider; without a community it serves all of them."""

    code = models.SlugField(max_length=40, unique=True)
    """Part of the return address that is registered with the provider, so it never changes."""
    name = models.CharField(max_length=100)
    community = models.ForeignKey("communities.Community", null=True, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=300)
    """Compared letter by letter with what the provider says of itself and writes into each token."""
    client_id = models.CharField(max_length=191)
    secret = models.TextField()
    """Sealed (`people.sealing`)."""
    second_factors = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    """Values of `amr` or `acr` that count as a second factor; empty: ours is asked for every time."""
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "pk")


class OutsideAccount(models.Model):
    """A worker's account with a provider, known by the provider's stable subject and by nothing else."""

    provider = models.ForeignKey(OutsideProvider, on_delete=models.PROTECT, related_name="accounts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outside_accounts")
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """Who invited; the worker themselves when they linked it after a sign-in with password."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-linked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"], condition=Q(ended_at__isnull=True), name="outside_subject_once"
            ),
            models.UniqueConstraint(
                fields=["provider", "person"], condition=Q(ended_at__isnull=True), name="outside_account_once"
            ),
        ]


class OutsideInvitation(models.Model):
    """An administrator's invitation to one worker: whoever brings its code links their account to that worker's."""

    provider = models.ForeignKey(OutsideProvider, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
