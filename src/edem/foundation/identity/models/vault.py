"""The vault: what identifies a person, sealed; who looked; the marks by which people are found again."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from edem.foundation.identity.purposes import PURPOSE_WORDS
from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.people.models import Person


class VaultRecord(models.Model):
    """What identifies a person, each column sealed to its place (AES-GCM); empty when not known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    last_name = SealedField(default=b"")
    given_name = SealedField(default=b"")
    middle_name = SealedField(default=b"")
    tax_number = SealedField(default=b"")
    document = SealedField(default=b"")
    unzr = SealedField(default=b"")
    born_on = SealedField(default=b"")
    state = SealedField(default=b"")
    locality = SealedField(default=b"")
    address = SealedField(default=b"")
    phone = SealedField(default=b"")
    email = SealedField(default=b"")
    key_version = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20)
    """By which method of identification it came."""
    updated_at = models.DateTimeField()


class VaultReading(models.Model):
    """One look into the vault; shown to the person («хто дивився мої дані») and never deleted before them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="vault_readings")
    reader = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """None when the platform itself read, without anyone seeing."""
    purpose = models.CharField(max_length=20, choices=[(one.value, words) for one, words in PURPOSE_WORDS.items()])
    fields = ArrayField(models.CharField(max_length=20))
    reason = models.CharField(max_length=300, blank=True)
    roles = models.CharField(max_length=300, blank=True, db_default="")
    """The reader's roles at that moment."""
    organisation = models.ForeignKey(
        "communities.Organisation", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    """Where the reader worked; None for the council itself."""
    community = models.ForeignKey(
        "communities.Community", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    about_kind = models.CharField(max_length=100, blank=True, db_default="")
    about_number = models.CharField(max_length=64, blank=True, db_default="")
    about_path = models.CharField(max_length=300, blank=True, db_default="")
    """What it was for, named and found as in the log of staff acts."""
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["person", "-at"], name="vault_reading_of_person")]


class SignInMark(models.Model):
    """Keyed hash of a number that tells a person from all others; finds them at the next sign-in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key_version = models.PositiveSmallIntegerField()
    value = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_version", "value"], name="sign_in_mark_of_one_person")]


class SealedFacts(models.Model):
    """A person's act marks and day of birth, sealed: the platform counts and decides by them, nobody reads them."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    sealed = SealedField()
    sealed_at = models.DateTimeField()
