"""Petitions, their history and followers. The workflow lives in actions, not here."""

from django.db import models
from django.db.models import F, Q, Value

from edem.foundation.audit.models import StepRecord
from edem.services.petitions.rules.lifecycle import DECISION_LABELS, STATES, State

_STATES = [state.value for state in STATES]
_NEWEST = F("published_at").desc(nulls_last=True)
LACKING = F("required") - F("signature_count") - F("imported_count")
"""How many signatures are missing, as the index has it."""


class Petition(models.Model):
    """One e-petition, from draft to answer."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    charter = models.ForeignKey("communities.CharterVersion", on_delete=models.PROTECT, related_name="+")
    """The version in force when it was published (submitted, until then); it keeps it to its end."""
    number = models.PositiveIntegerField(null=True)
    """Given at submission, in order, per community."""
    title = models.CharField(max_length=300)
    """150 for what is written here; other platforms allow more."""
    essence = models.TextField(blank=True)
    demand = models.TextField(blank=True)
    category = models.CharField(max_length=80)
    settlement_code = models.CharField(max_length=19, blank=True)
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    """The first place, which rows of lists name; its pin is optional."""
    further_places = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    """The others, as `rules.places.kept` writes them: a card is read without asking for more rows."""
    hearing_asked = models.BooleanField(default=False)
    author = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default=State.DRAFT, choices=[(s.value, s.value) for s in State])
    key_version = models.PositiveSmallIntegerField(default=1)
    """The version of the marks' key when it was published; it tells signers apart by this one to the end."""
    required = models.PositiveIntegerField()
    signature_count = models.PositiveIntegerField(default=0)
    """Signatures given here that hold: the rows of Signature without those taken off."""
    last_ordinal = models.PositiveIntegerField(default=0)
    """The last place given in the list of signers; places are never given again."""
    imported_count = models.PositiveIntegerField(default=0)
    """Signatures brought over from another platform as a number («перенесено»)."""
    summed_signatures = models.PositiveIntegerField(default=0, db_default=0)
    """How many of them the sums of statistics have: signing does not wait for those (decision 0046)."""
    counted_at = models.DateTimeField(null=True, db_index=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(null=True)
    """When its author last wrote in the draft; none for one that was only begun."""
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    fulfilled_at = models.DateTimeField(null=True)
    text_hidden_at = models.DateTimeField(null=True)
    """While a moderator has its text taken down: the words are in TextHiding then."""
    hidings_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How often that happened: the card asks for it only where there is something to tell."""
    list_erased_at = models.DateTimeField(null=True)
    """When the years of the signers' list were over; count and tallies stay."""
    due_at = models.DateTimeField(null=True)
    """The end of the term that runs now, whoever holds the petition."""
    answer_due_at = models.DateTimeField(null=True)
    """The end of the term for the answer; kept after the answer, to tell whether it came in time."""
    shortfall_at = models.DateTimeField(null=True)
    """When an exclusion took it below its threshold; empty again once an officer has said what follows."""
    ground = models.CharField(max_length=30, blank=True)
    decision = models.CharField(max_length=20, blank=True, choices=list(DECISION_LABELS.items()))
    answer = models.TextField(blank=True)
    responsible_body = models.CharField(max_length=300, blank=True)
    source_uid = models.CharField(max_length=100, null=True)
    """The identifier on the platform it was imported from."""
    source_url = models.URLField(max_length=500, blank=True)
    source_answer_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = [
            models.Index("community", "state", _NEWEST, F("id").desc(), name="petition_by_state"),
            models.Index("community", _NEWEST, F("id").desc(), name="petition_by_age"),
            models.Index(
                "community", LACKING, "closes_at", "id", name="petition_nearly_there", condition=Q(state="collecting")
            ),
            models.Index(fields=["community", "-signature_count", "-id"], name="petition_by_count"),
            models.Index(fields=["state", "closes_at"], name="petition_to_close"),
            models.Index(fields=["author", "-created_at"], name="petition_by_author"),
            models.Index(
                fields=["community"], name="petition_to_sum", condition=~Q(signature_count=F("summed_signatures"))
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="petition_numbered_once"),
            models.UniqueConstraint(fields=["community", "source_uid"], name="petition_imported_once"),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="petition_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.COLLECTING) | Q(closes_at__isnull=False, published_at__isnull=False),
                name="petition_collecting_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="petition_pin_whole",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("published_at")),
                name="petition_closes_after_publication",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REACHED) | Q(reached_at__isnull=False), name="petition_reached_when"
            ),
        ]


class PetitionStep(StepRecord):
    """Every step of a petition: who, when, from where to where, and why."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="steps")

    class Meta(StepRecord.Meta):
        indexes = [models.Index(fields=["petition", "at"], name="petition_step_in_order")]


class NumberSeries(models.Model):
    """The last petition number given in a community; locked while the next is given."""

    community = models.OneToOneField("communities.Community", on_delete=models.CASCADE, primary_key=True)
    last = models.PositiveIntegerField(default=0)
