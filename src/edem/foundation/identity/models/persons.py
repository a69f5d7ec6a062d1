"""One person, one account: what two officers decide about it, and the slip of those who have no smartphone."""

import uuid

from django.db import models
from django.db.models import F, Q

from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.identity.two_officers import Matter, Standing
from edem.foundation.people.models import Person


class Proposal(models.Model):
    """What one officer asks for and another one decides. The database knows that they are two."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Matter])
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    """The account that becomes part of the first one."""
    terms = SealedField(default=b"")
    """What exactly is asked for, sealed: a new surname, the number of a certificate."""
    standing = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Standing])
    reason = models.CharField(max_length=300)
    """Which document was seen, without numbers."""
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    """Why it was declined."""
    spent_at = models.DateTimeField(null=True)
    """When a permission that works once was used."""

    class Meta:
        ordering = ("proposed_at", "pk")
        indexes = [models.Index(fields=["community", "standing", "proposed_at"], name="proposal_by_standing")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "person", "community"], condition=Q(standing="waiting"), name="proposal_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(standing="confirmed") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="proposal_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("person")), name="proposal_of_two_accounts"
            ),
        ]


class PersonMerge(models.Model):
    """That an account became part of another one: two documents of one person. It may be undone within the term."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    absorbed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    """When the term to undo was over and what was held of the absorbed account was deleted."""
    moved = models.JSONField(default=dict)
    """Numbers of the rows that went over, so that they can go back."""

    class Meta:
        ordering = ("-merged_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="account_absorbed_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two_accounts"),
            models.CheckConstraint(condition=~Q(proposed_by=F("confirmed_by")), name="merge_by_two_officers"),
            models.CheckConstraint(condition=Q(undo_until__gt=F("merged_at")), name="merge_can_be_undone"),
        ]
        indexes = [models.Index(fields=["kept"], name="merge_of_kept")]


class FormerName(models.Model):
    """A name the person bore before, sealed like everything that identifies them."""

    class Source(models.TextChoices):
        SIGN_IN = "sign_in"
        DOCUMENT = "document"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed = SealedField()
    source = models.CharField(max_length=10, choices=Source)
    """What brought the new one: a later sign-in, or a document that two officers saw."""
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-changed_at", "-pk")
        indexes = [models.Index(fields=["person", "-changed_at"], name="former_name_of_person")]


class SignInSlip(models.Model):
    """A printed one-time sign-in. Neither its code nor the second thing asked is here, only keyed hashes of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code_hash = models.BinaryField(max_length=32, unique=True)
    answers = models.BinaryField(max_length=128)
    """Hashes of what the person knows besides, 32 bytes each, one after another."""
    assurance = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    wrong_answers = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """Not by use: a newer slip, too many wrong answers, or a clerk."""

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(used_at__isnull=True, ended_at__isnull=True), name="slip_good_once"
            )
        ]
