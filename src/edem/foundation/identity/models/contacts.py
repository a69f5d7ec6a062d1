"""Where people have asked to be written to: addresses confirmed by a code, browsers that take messages."""

import uuid

from django.db import models
from django.db.models import Q

from edem.foundation.identity.contact_kinds import KIND_WORDS, Kind
from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.people.models import Person


class Contact(models.Model):
    """One address of one person. Its code is nowhere: it is derived from the row's number by a key outside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=[(kind.value, words) for kind, words in KIND_WORDS.items()])
    address = SealedField(default=b"")
    """Emptied as soon as nothing more will be written there."""
    mark = models.BinaryField(max_length=32)
    """Keyed hash of the address: how often codes were sent there, whoever asked."""
    key_version = models.PositiveSmallIntegerField()
    """Of the key that the code comes from."""
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    """Of the code."""
    tries = models.PositiveSmallIntegerField(default=0)
    """Wrong codes typed."""
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """Given up, replaced or removed."""

    class Meta:
        ordering = ("-asked_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(confirmed_at__isnull=False, ended_at__isnull=True),
                name="contact_confirmed_once",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(confirmed_at__isnull=True, ended_at__isnull=True),
                name="contact_waits_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="contact_kind_known"),
        ]
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="contact_of_person"),
            models.Index(fields=["mark", "-asked_at"], name="contact_by_mark"),
            models.Index(fields=["ended_at"], name="contact_ended"),
        ]


class Device(models.Model):
    """A browser where a person has turned messages on (RFC 8030); where it is and its keys are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, db_index=False, related_name="+")
    """On whose pages it was turned on: its messages open there."""
    subscription = SealedField()
    mark = models.BinaryField(max_length=32, unique=True)
    """Keyed hash of the address at the push service: one browser is one row, whoever signs in there."""
    words = models.CharField(max_length=60, blank=True)
    """«Firefox, Android»: enough to recognise one's own."""
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "pk")
        indexes = [models.Index(fields=["person", "-since"], name="device_of_person")]
