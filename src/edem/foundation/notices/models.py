"""Notices: what the platform tells a person, in the cabinet always and by mail unless they chose otherwise."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("чекає на надсилання")
    SENDING = "sending", _("надсилається")
    SENT = "sent", _("надіслано")
    FAILED = "failed", _("не надіслано")
    UNKNOWN = "unknown", _("невідомо, чи дійшло")
    NOT_MAILED = "not_mailed", _("лише в кабінеті")


class Notice(models.Model):
    """One notice to one addressee; in the shape that can be distributed (design §5)."""

    pk = models.CompositePrimaryKey("community_id", "id")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    id = models.UUIDField(default=uuid.uuid4)
    """Also the mail's Message-ID: whatever happens, a letter has one."""
    person_id = models.UUIDField(null=True)
    address = models.EmailField(blank=True)
    """Only for a body's public mailbox; a person's address is asked of the vault when the letter goes out."""
    language = models.CharField(max_length=5, default="uk")
    topic = models.CharField(max_length=60)
    template = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    """What fills the template: titles, numbers, moments; never personal data."""
    subject = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    """The page that the notice is about, within its community."""
    once = models.CharField(max_length=150)
    """Names the occasion; nobody is told twice of one."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=MailState.choices, default=MailState.QUEUED)
    not_before = models.DateTimeField()
    """When the next attempt may be made."""
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=20, blank=True)
    """The mail server's reply code, or why there was no letter; never its words, which may name the addressee."""

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person_id", "address", "once"], nulls_distinct=False, name="notice_told_once"
            ),
            models.CheckConstraint(
                condition=Q(person_id__isnull=False, address="") | (Q(person_id__isnull=True) & ~Q(address="")),
                name="notice_has_one_addressee",
            ),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="notice_state_known"),
        ]
        indexes = [
            models.Index(fields=["person_id", "-created_at", "id"], name="notice_of_person"),
            models.Index(fields=["not_before", "created_at", "id"], condition=Q(state="queued"), name="notice_to_send"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="notice_in_hand"),
        ]


class MailChoice(models.Model):
    """A person's own choice about a topic; without a row letters come."""

    person_id = models.UUIDField()
    topic = models.CharField(max_length=60)
    is_mailed = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ("person_id", "topic")
        constraints = [models.UniqueConstraint(fields=["person_id", "topic"], name="mail_chosen_once")]
