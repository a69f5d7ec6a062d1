"""Signatures on paper: the sheet with its scan, and its rows while clerks check them (decision 0008)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.identity.sealing import ON_PAPER
from edem.services.petitions.rules.paper import MOST_ROWS, Outcome, SheetState


def place_of(sheet_id: int, place: int) -> str:
    """Where a sealed number stands; moved to another row it does not open."""
    return f"petitions_paperrow.sealed.{sheet_id}.{place}"


_STATES = [state.value for state in SheetState]


class PaperSheet(models.Model):
    """One sheet that was handed in at the CNAP. Its scan's moment is the moment of its signatures."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    petition = models.ForeignKey("petitions.Petition", on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default=SheetState.DRAFT, choices=[(s.value, s.value) for s in SheetState])
    received_on = models.DateField()
    """The day the CNAP took it over the counter."""
    scan = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    scanned_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    """When the scan went together with the signers' list."""
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    hands = ArrayField(models.UUIDField(), default=list)
    """Everybody who entered anything of it: none of them confirms it where the charter wants two clerks."""
    handed_over_at = models.DateTimeField(null=True)
    returned_note = models.CharField(max_length=1000, blank=True)
    """What the second clerk asks to mend, while the sheet is back."""
    confirmed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    counted = models.PositiveSmallIntegerField(default=0)
    already = models.PositiveSmallIntegerField(default=0)
    struck = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("petition", "number", "pk")
        indexes = [
            models.Index(
                fields=["community", "state"],
                condition=~Q(state__in=[SheetState.CONFIRMED, SheetState.DISCARDED]),
                name="sheet_in_hand",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "number"], condition=~Q(state=SheetState.DISCARDED), name="sheet_numbered_once"
            ),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="sheet_state_known"),
            models.CheckConstraint(condition=Q(number__gt=0), name="sheet_number_positive"),
            models.CheckConstraint(
                condition=~Q(state__in=[SheetState.HANDED_OVER, SheetState.CONFIRMED])
                | Q(scan__isnull=False, scanned_at__isnull=False, handed_over_at__isnull=False)
                | Q(erased_at__isnull=False),
                name="sheet_handed_over_with_its_scan",
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.CONFIRMED) ^ Q(confirmed_at__isnull=True, confirmed_by__isnull=True),
                name="sheet_confirmed_by_somebody",
            ),
        ]


class PaperRow(models.Model):
    """One line of a sheet. The number is sealed, and only till the sheet is confirmed; then the mark alone stays."""

    sheet = models.ForeignKey(PaperSheet, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveSmallIntegerField()
    """Its line on the paper."""
    name = models.CharField(max_length=200)
    sealed = SealedField(default=b"", use=ON_PAPER, place=lambda row: place_of(row.sheet_id, row.place))
    settlement_code = models.CharField(max_length=19, blank=True)
    settlement_typed = models.CharField(max_length=100, blank=True)
    signed_on = models.DateField(null=True)
    day_typed = models.CharField(max_length=20, blank=True)
    mark = models.BinaryField(max_length=32, null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Outcome])
    struck_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("sheet", "place")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "place"], name="row_in_its_place"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST_ROWS), name="row_on_the_sheet"),
            models.CheckConstraint(condition=Q(outcome="") | Q(sealed=b""), name="row_done_keeps_no_number"),
        ]
