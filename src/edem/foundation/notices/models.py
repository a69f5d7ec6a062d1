"""Notices: what the platform tells a person, in the cabinet always and by mail unless they chose otherwise."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from edem.foundation.notices.received import ReceivedAnswer
from edem.foundation.notices.subjects import KINDS, RHYTHMS, About, Kind, NewsLine, Rhythm, Subject

__all__ = ["ReceivedAnswer"]  # Django looks for tables here


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
    subscription_id = models.BigIntegerField(null=True)
    """The subscription that asked for it: whoever has stopped it meanwhile gets no letter."""
    address_mark = models.BinaryField(max_length=32, null=True)
    """Keyed hash of the address the letter went to: a bounce counts against that address and no other."""

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
            models.Index(
                fields=["state", "-created_at", "id"],
                condition=Q(state__in=["failed", "unknown"]),
                name="notice_for_a_person",
            ),
            models.Index(fields=["created_at"], name="notice_by_age"),
        ]


class MailChoice(models.Model):
    """A person's own choice about a topic; without a row letters come."""

    person_id = models.UUIDField()
    topic = models.CharField(max_length=60)
    is_mailed = models.BooleanField()
    is_texted = models.BooleanField(default=False, db_default=False)
    """By SMS too, for the few things that are worth one."""
    is_pushed = models.BooleanField(default=True, db_default=True)
    """To the browsers where the person has turned messages on."""
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ("person_id", "topic")
        constraints = [models.UniqueConstraint(fields=["person_id", "topic"], name="mail_chosen_once")]


class Subscription(models.Model):
    """What a person follows and how often they want to read of it (decision 0012)."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    person_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    service = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=120, blank=True)
    """The topic's name, the settlement's code or the item's number; empty for the whole community."""
    rhythm = models.CharField(max_length=10, choices=list(RHYTHMS.items()), default=Rhythm.IMMEDIATE)
    since = models.DateTimeField()
    source = models.CharField(max_length=20)
    """Where it was asked for: on a page, while signing, by a link in a letter."""
    merge_id = models.BigIntegerField(null=True)
    """The merge of two accounts that it came over with; with their parting it goes back."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind", "service", "key", "person_id"], name="subscribed_once"
            ),
            models.CheckConstraint(condition=Q(rhythm__in=list(RHYTHMS)), name="subscription_rhythm_known"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="subscription_kind_known"),
        ]
        indexes = [
            models.Index(fields=["person_id", "community", "id"], name="subscription_of_person"),
            models.Index(
                fields=["community", "rhythm", "person_id"],
                condition=~Q(rhythm="immediate"),
                name="subscription_digest",
            ),
        ]

    @property
    def subject(self) -> Subject:
        return Subject(Kind(self.kind), self.service, self.key)


class News(models.Model):
    """Something that was told to those who follow: a letter at once for some, a line of a digest for others."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    service = models.CharField(max_length=40)
    item = models.CharField(max_length=120)
    topic = models.CharField(max_length=120, blank=True)
    more_topics = ArrayField(models.CharField(max_length=120), default=list, db_default=[])
    settlement = models.CharField(max_length=120, blank=True)
    more_settlements = ArrayField(models.CharField(max_length=120), default=list, db_default=[])
    is_wide = models.BooleanField(default=False)
    author_id = models.UUIDField(null=True)
    template = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300)
    once = models.CharField(max_length=150)

    class Meta:
        ordering = ("at", "pk")
        verbose_name_plural = "news"
        constraints = [models.UniqueConstraint(fields=["community", "once"], name="news_once")]
        indexes = [models.Index(fields=["at", "id"], name="news_by_age")]

    @property
    def line(self) -> NewsLine:
        about = About(
            service=self.service,
            item=self.item,
            topic=self.topic,
            more_topics=tuple(self.more_topics),
            settlement=self.settlement,
            more_settlements=tuple(self.more_settlements),
            is_wide=self.is_wide,
            author_id=self.author_id,
        )
        return NewsLine(id=self.pk, at=self.at, once=self.once, about=about)


class DigestRound(models.Model):
    """One sending of digests: how far it has come, so that a worker that died is followed by another."""

    rhythm = models.CharField(max_length=10, choices=list(RHYTHMS.items()))
    slot = models.DateTimeField()
    community_id = models.BigIntegerField(default=0)
    person_id = models.UUIDField(default=uuid.UUID(int=0))
    """Everyone up to this person of this community has been served."""
    digests = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-slot", "rhythm")
        constraints = [models.UniqueConstraint(fields=["rhythm", "slot"], name="digest_round_once")]


class Bounce(models.Model):
    """A letter came back, or was refused at the door; each letter counts once."""

    pk = models.CompositePrimaryKey("community_id", "notice_id")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    notice_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    address_mark = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    is_permanent = models.BooleanField()
    status = models.CharField(max_length=12, blank=True)
    """The mail system's enhanced status code (RFC 3463), when it gave one."""
    settled_at = models.DateTimeField(null=True)
    """When the person said that the mailbox works again."""

    class Meta:
        ordering = ("-at", "notice_id")
        indexes = [
            models.Index(fields=["address_mark", "-at"], condition=Q(settled_at=None), name="bounce_of_address"),
            models.Index(fields=["person_id", "-at"], condition=Q(settled_at=None), name="bounce_of_person"),
        ]


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    PUSH = "push", _("повідомлення в браузері")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("чекає на надсилання")
    SENDING = "sending", _("надсилається")
    SENT = "sent", _("надіслано")
    DELIVERED = "delivered", _("доставлено")
    FAILED = "failed", _("не надіслано")
    UNKNOWN = "unknown", _("невідомо, чи дійшло")
    NOT_SENT = "not_sent", _("не надсилали")


class Message(models.Model):
    """A short message beside a letter: to a telephone, or to one browser. Its number is the same at every attempt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, db_index=False, related_name="+")
    person_id = models.UUIDField()
    channel = models.CharField(max_length=4, choices=Channel)
    contact_id = models.UUIDField(null=True)
    """The telephone that waits for its code; otherwise the one that the person has confirmed."""
    device_id = models.UUIDField(null=True)
    language = models.CharField(max_length=5, default="uk")
    topic = models.CharField(max_length=60)
    words = models.CharField(max_length=300, blank=True)
    """The notice's subject: never personal data, and never a code."""
    path = models.CharField(max_length=300)
    once = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    """What has not gone out by then is news no more."""
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """When the gateway was last asked whether it has arrived."""
    state = models.CharField(max_length=9, choices=MessageState, default=MessageState.QUEUED)
    reply = models.CharField(max_length=20, blank=True)
    """The far side's status, or why nothing was sent; never its words, which may name the addressee."""

    class Meta:
        ordering = ("-created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "once", "channel", "device_id"], nulls_distinct=False, name="message_sent_once"
            ),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(channel="sms", device_id__isnull=True)
                | Q(channel="push", device_id__isnull=False, contact_id__isnull=True),
                name="message_has_its_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "created_at", "id"], condition=Q(state="queued"), name="message_to_send"
            ),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="message_in_hand"),
            models.Index(
                fields=["sent_at", "id"],
                condition=Q(channel="sms", state__in=["sent", "unknown"]),
                name="message_to_ask_about",
            ),
            models.Index(
                fields=["state", "-created_at", "id"],
                condition=Q(state__in=["failed", "unknown"]),
                name="message_for_a_person",
            ),
            models.Index(fields=["created_at"], name="message_by_age"),
        ]
