"""Dated facts that services ask for, and the consent under which anything is kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.people.models import Person


class MembershipFact(models.Model):
    """That a person belonged to a community from a day, decided once, with what it rests on."""

    class Basis(models.TextChoices):
        ADDRESS = "registered_address", _("за зареєстрованою адресою")
        IDP = "idp_certificate", _("за довідкою внутрішньо переміщеної особи")
        STUDY = "study", _("за довідкою про навчання")
        WORK = "work", _("за довідкою з роботи")
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
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """The second of two, where the charter asks for two."""
    holds_until = models.DateTimeField(null=True)
    """When the proof itself runs out; the fact is ended then without anyone doing anything."""
    issuer = models.CharField(max_length=200, blank=True, db_default="")
    reference = SealedField(null=True)
    """The number of the proof, sealed: it names its holder."""
    scan = models.ForeignKey("files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    scan_until = models.DateTimeField(null=True)
    """When the scan is deleted; the fact stays."""

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
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("decided_by")),
                name="membership_confirmed_by_another",
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
