"""The vault, the marks by which people are found again, and the dated facts that services ask for."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.purposes import PURPOSE_WORDS
from edem.foundation.people.models import Person


class VaultRecord(models.Model):
    """What identifies a person, each column sealed to its place (AES-GCM); empty when not known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    last_name = models.BinaryField(default=b"")
    given_name = models.BinaryField(default=b"")
    middle_name = models.BinaryField(default=b"")
    tax_number = models.BinaryField(default=b"")
    document = models.BinaryField(default=b"")
    unzr = models.BinaryField(default=b"")
    born_on = models.BinaryField(default=b"")
    state = models.BinaryField(default=b"")
    locality = models.BinaryField(default=b"")
    address = models.BinaryField(default=b"")
    phone = models.BinaryField(default=b"")
    email = models.BinaryField(default=b"")
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
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField()


class MembershipFact(models.Model):
    """That a person belonged to a community from a day, decided once, with what it rests on."""

    class Basis(models.TextChoices):
        ADDRESS = "registered_address", _("за зареєстрованою адресою")
        OFFICER = "officer", _("за рішенням уповноваженого спеціаліста")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    settlement_code = models.CharField(max_length=19)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    basis = models.CharField(max_length=20, choices=Basis)
    evidence = models.CharField(max_length=300)
    """What it rests on, without personal data: «населений пункт із сертифіката», «довідка, бачив спеціаліст»."""
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community"], condition=Q(until__isnull=True), name="member_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="membership_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(basis="registered_address") | Q(decided_by__isnull=False), name="decision_has_its_officer"
            ),
        ]


class Consent(models.Model):
    """Consent to the processing of personal data (law 2297-VI, art. 6), to one version of its text."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"], condition=Q(withdrawn_at__isnull=True), name="consent_given_once"
            )
        ]


class SignIn(models.Model):
    """One session of a person, so that they can see and end it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    method = models.CharField(max_length=20)
    device = models.CharField(max_length=60, blank=True)
    """«Firefox, Windows»: enough to recognise one's own, too little to follow anyone."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = [models.Index(fields=["person", "-started_at"], name="sign_in_of_person")]


class RevokedSession(models.Model):
    """A session ended before its act pass: refused everywhere until the pass would have ended by itself."""

    session_key = models.CharField(max_length=40, primary_key=True)
    until = models.DateTimeField(db_index=True)


class HandOver(models.Model):
    """A one-time code that carries a sign-in from the platform's host to a community's own."""

    code_hash = models.BinaryField(max_length=32, unique=True)
    browser_hash = models.CharField(max_length=64)
    """Of a secret in the session of the browser that asked: the code is of no use in another one."""
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    next_path = models.CharField(max_length=2000)
    method = models.CharField(max_length=20)
    second_factor = models.BooleanField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
