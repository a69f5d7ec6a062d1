"""Dated facts that services ask for, and the consent under which anything is kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from edem.foundation.people.models import Person


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
