"""Problem reports, their history and numbers. The workflow lives in actions, not here."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import F, Q

from edem.foundation.audit.models import StepRecord
from edem.services.reports.models.keys import HolderKeys
from edem.services.reports.rules.lifecycle import STATES, State
from edem.services.reports.rules.results import RESULTS

_STATES = [state.value for state in STATES]
_NEWEST = F("published_at").desc(nulls_last=True)
AT_WORK = Q(state__in=["open", "accepted", "reopened"])
EVER_LATE = Q(accept_due_at__lte=F("closed_at")) & (
    Q(accepted_at__isnull=True) | Q(accepted_at__gte=F("accept_due_at"))
) | Q(explain_due_at__lte=F("closed_at")) & (Q(explained_at__isnull=True) | Q(explained_at__gte=F("explain_due_at")))
"""One of its terms ran out while it was open."""


class Report(models.Model):
    """One problem that somebody saw, from the street to the archive."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    charter = models.ForeignKey("communities.CharterVersion", on_delete=models.PROTECT, related_name="+")
    """The version in force when it was sent; it keeps it to its end."""
    number = models.PositiveIntegerField(null=True)
    """In order, per community; given last, so that nobody waits long for the row that counts them."""
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    """Made where the report was written: what is sent twice is one report."""
    title = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    """To the categories' own questions: code → answer."""
    author = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    is_anonymous = models.BooleanField(default=False)
    """Its author is not shown to the public."""
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    """The act lets a report have no place (§3.1)."""
    accuracy_m = models.PositiveIntegerField(null=True)
    cell = models.BigIntegerField(null=True)
    """Morton cell of the place: what lies near has near numbers (`kernel.geo.cells`)."""
    address = models.CharField(max_length=300, blank=True)
    settlement_code = models.CharField(max_length=19, blank=True)
    category_codes = ArrayField(models.CharField(max_length=20), default=list)
    """The main one first; the rows of ReportCategory say the same to joins."""
    state = models.CharField(max_length=20, default=State.CHECKING, choices=[(s.value, s.value) for s in State])
    submitted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    """The first acceptance: the three working days are measured by it."""
    closed_at = models.DateTimeField(null=True)
    """The last closing."""
    archived_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    """When it was last opened or taken up again."""
    explained_at = models.DateTimeField(null=True)
    """When its author was last told why it is not solved yet; empty again once it is opened anew."""
    checking_due_at = models.DateTimeField(null=True)
    accept_due_at = models.DateTimeField(null=True)
    explain_due_at = models.DateTimeField(null=True)
    """The ends of terms stay after they are met or missed, to tell which."""
    due_at = models.DateTimeField(null=True)
    """The nearest term that waits for staff; none when nothing waits."""
    alarm_at = models.DateTimeField(null=True)
    """When somebody is to be reminded or warned next: a sweep reads it, so no job waits for each report."""
    archives_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in RESULTS])
    result_text = models.TextField(blank=True)
    result_addressee = models.CharField(max_length=300, blank=True)
    """Whose it is when it is not the community's."""
    confirmed = models.BooleanField(null=True)
    """What its author says of the last closing: solved, not solved, nothing yet."""
    confirmed_at = models.DateTimeField(null=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    incident = models.ForeignKey("reports.Incident", null=True, on_delete=models.PROTECT, related_name="reports")
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    """The report of the same thing that is worked on in its place."""
    voice_count = models.PositiveIntegerField(default=0)
    organisation = models.ForeignKey(
        "communities.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The main one that holds it now."""
    self_organised = models.BooleanField(default=False)
    """Neighbours have taken it on themselves; the moderator accepts and closes it (§3.2)."""
    source = models.CharField(max_length=20, default="site")
    """site, open311, import, phone."""
    external_id = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=30, blank=True)
    """Why a moderator took it out (§5.2)."""
    edited_at = models.DateTimeField(null=True)
    """When a moderator last changed its words; the earlier ones are kept as editions."""
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = [
            # What is shown once, by its lead, is told apart inside the index.
            models.Index("community", "state", _NEWEST, F("id").desc(), name="report_by_state", include=["follows"]),
            models.Index("community", _NEWEST, F("id").desc(), name="report_by_age", include=["follows"]),
            models.Index(fields=["community", "cell"], name="report_by_cell", condition=Q(cell__isnull=False)),
            models.Index(
                fields=["community", "cell", "published_at"],
                name="report_near",
                condition=Q(cell__isnull=False, state__in=["accepted", "closed", "open", "reopened"]),
            ),
            # The map reads nothing but this one.
            models.Index(
                fields=["community", "state", "cell", "id"],
                name="report_points",
                include=["lat", "lon"],
                condition=Q(cell__isnull=False, follows__isnull=True),
            ),
            models.Index(fields=["community", "due_at", "id"], name="report_by_clock", condition=AT_WORK),
            models.Index(
                fields=["community", "accept_due_at", "id"], name="report_to_accept", condition=Q(state="open")
            ),
            models.Index(
                fields=["community", "explain_due_at", "id"],
                name="report_to_explain",
                condition=AT_WORK & Q(explained_at__isnull=True),
            ),
            models.Index(fields=["organisation", "state", "due_at", "id"], name="report_by_holder"),
            models.Index(
                "organisation",
                "state",
                F("closed_at").desc(),
                F("id").desc(),
                name="report_ended_by_holder",
                condition=Q(state__in=["archived", "closed"]),
            ),
            # A holder's share of one category: what is common is soon found along the years, what is rare by its key.
            models.Index(
                "organisation",
                _NEWEST,
                F("id").desc(),
                name="report_holder_by_age",
                include=["community", "state", "category_codes", "follows"],
            ),
            GinIndex(HolderKeys("organisation", "category_codes"), name="report_holder_by_category"),
            models.Index(fields=["alarm_at", "id"], name="report_to_alarm", condition=Q(alarm_at__isnull=False)),
            models.Index(fields=["archives_at", "id"], name="report_to_archive", condition=Q(state="closed")),
            models.Index(fields=["author", "-submitted_at"], name="report_by_author"),
            models.Index(fields=["community", "updated_at", "id"], name="report_by_change"),
            GinIndex(fields=["category_codes"], name="report_by_category"),
            models.Index(_NEWEST, F("id").desc(), name="report_newest"),
            models.Index(
                fields=["community", "due_at", "id"],
                name="report_held_by_nobody",
                condition=AT_WORK & Q(organisation__isnull=True),
            ),
            models.Index(fields=["community"], name="report_confirmed", condition=Q(confirmed=True)),
            models.Index(
                fields=["community", "confirmed_at"],
                name="report_disbelieved",
                condition=Q(state="closed", confirmed=False),
            ),
            models.Index(
                "community",
                "settlement_code",
                _NEWEST,
                F("id").desc(),
                name="report_by_settlement",
                condition=~Q(settlement_code=""),
            ),
            # What was overdue at some past end is among what is at work and what was late (queries/periods_sql.py).
            models.Index(
                fields=["community", "published_at"],
                name="report_terms_at_work",
                include=[
                    "closed_at",
                    "accept_due_at",
                    "accepted_at",
                    "explain_due_at",
                    "explained_at",
                    "state",
                    "category_codes",
                    "organisation",
                ],
                condition=AT_WORK,
            ),
            models.Index(fields=["community", "closed_at"], name="report_late", condition=EVER_LATE),
            # Rows lie in the order in which they came, and what happens to them happens soon: a week is a few blocks.
            BrinIndex(fields=["accepted_at", "confirmed_at"], name="report_acts_by_week"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="report_numbered_once"),
            models.UniqueConstraint(
                fields=["community", "source", "external_id"],
                condition=~Q(external_id=""),
                name="report_taken_over_once",
            ),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["checking", "rejected"]) | Q(published_at__isnull=False),
                name="report_published_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "archived"]) | Q(closed_at__isnull=False, result__gt=""),
                name="report_closed_with_a_result",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True, cell__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180), cell__isnull=False),
                name="report_place_whole",
            ),
        ]


class ReportCategory(models.Model):
    """One of the categories a report is put under; one is the main one."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="categories")
    category = models.ForeignKey("reports.Category", on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField(default=False)

    class Meta:
        ordering = ("-is_main", "pk")
        constraints = [
            models.UniqueConstraint(fields=["report", "category"], name="report_in_category_once"),
            models.UniqueConstraint(fields=["report"], condition=Q(is_main=True), name="report_one_main_category"),
        ]


class ReportStep(StepRecord):
    """Every step of a report: who, when, from where to where, and why."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")

    class Meta(StepRecord.Meta):
        indexes = [
            models.Index(fields=["report", "at"], name="report_step_in_order"),
            BrinIndex(fields=["at"], name="report_steps_by_week"),
        ]


class ReportEdition(models.Model):
    """The words that stood before a moderator changed them: the public trace of an edit."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    reason = models.TextField()
    hides_text = models.BooleanField(default=False)
    """The earlier words must not be shown: somebody's personal data, an insult."""

    class Meta:
        ordering = ("at", "pk")


class ReportNumbers(models.Model):
    """The last report number given in a community; locked while the next is given."""

    community = models.OneToOneField("communities.Community", on_delete=models.CASCADE, primary_key=True)
    last = models.PositiveIntegerField(default=0)
