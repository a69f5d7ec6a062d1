"""Accounts end, become one or part again: a voice is counted once a person, and what was theirs goes with them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from edem.foundation.files.actions import hand_on_files
from edem.foundation.identity.persons.accounts import is_joined
from edem.services.reports.actions.drafting import erase_drafts
from edem.services.reports.actions.incidents import leads_of, lock_led
from edem.services.reports.actions.unpacking import erase_parcels_of, files_of
from edem.services.reports.actions.voicing import recount
from edem.services.reports.models import (
    DraftShot,
    HelpingHand,
    Joining,
    MergedVoice,
    Parcel,
    Report,
    ReportDraft,
    SelfHelp,
    Voice,
)


@transaction.atomic(durable=True)
def join_residents(merge_id: int, *, absorbed_id: UUID, kept_id: UUID) -> None:
    """Whoever spoke twice is counted once. Told twice, it is done once; told after the parting, not at all."""
    if not is_joined(merge_id):
        return
    join_voices(merge_id, absorbed_id=absorbed_id, kept_id=kept_id)
    ReportDraft.objects.filter(author_id=absorbed_id).update(author_id=kept_id, merge_id=merge_id)
    Parcel.objects.filter(person_id=absorbed_id).update(person_id=kept_id, merge_id=merge_id)
    hand_on_files(unsent_files(merge_id), owner_id=kept_id)
    SelfHelp.objects.filter(leader_id=absorbed_id).update(leader_id=kept_id, merge_id=merge_id)
    same = HelpingHand.objects.filter(self_help=OuterRef("self_help"), person_id=kept_id)
    going = HelpingHand.objects.filter(~Exists(same), person_id=absorbed_id)
    going.update(person_id=kept_id, merge_id=merge_id)


@transaction.atomic(durable=True)
def part_residents(merge_id: int, *, absorbed_id: UUID, kept_id: UUID) -> None:
    """The merge was a mistake: each has their own again. Told twice, it is done once."""
    part_voices(merge_id, kept_id=kept_id)
    hand_on_files(unsent_files(merge_id), owner_id=absorbed_id)
    ReportDraft.objects.filter(merge_id=merge_id).update(author_id=absorbed_id, merge_id=None)
    Parcel.objects.filter(merge_id=merge_id).update(person_id=absorbed_id, merge_id=None)
    SelfHelp.objects.filter(merge_id=merge_id).update(leader_id=absorbed_id, merge_id=None)
    HelpingHand.objects.filter(merge_id=merge_id).update(person_id=absorbed_id, merge_id=None)


def unsent_files(merge_id: int) -> list[UUID]:
    """Photos of drafts and of parcels that came over: only their owner may send them."""
    shots = DraftShot.objects.filter(draft__merge_id=merge_id).order_by("pk").values_list("file_id", flat=True)
    parcels = Parcel.objects.filter(merge_id=merge_id).order_by("arrived_at", "pk")
    return [*shots, *(file_id for each in parcels for file_id in files_of(each))]


def join_voices(merge_id: int, *, absorbed_id: UUID, kept_id: UUID) -> None:
    """Its author is not a voice of a report, under whichever of the two accounts it was written."""
    rows = Voice.objects.filter(person_id__in=(absorbed_id, kept_id)).order_by("report_id", "person_id")
    lock_led(set(rows.values_list("report_id", flat=True)))
    both = list(rows.all())
    known = {each.report_id for each in both if each.person_id == kept_id}
    authored = authored_among(both, (absorbed_id, kept_id))

    gone = [each for each in both if each.person_id == absorbed_id or each.report_id in authored]
    given = [each for each in gone if each.report_id not in known | authored]
    traces = [trace_of(each, merge_id, was_given=each in given) for each in gone]
    MergedVoice.objects.bulk_create(traces, ignore_conflicts=True)
    for each in gone:
        Voice.objects.filter(report_id=each.report_id, person_id=each.person_id).delete()
    Voice.objects.bulk_create([voice_of(each, kept_id, each.report_id, each.came_by) for each in given])
    recount(each.report_id for each in gone)


def part_voices(merge_id: int, *, kept_id: UUID) -> None:
    traces = list(MergedVoice.objects.filter(merge_id=merge_id).order_by("pk"))
    lock_led({place for each in traces for place in (each.report_id, each.came_by) if place})
    returned = {(each.person_id, each.report_id): each for trace in traces for each in standing_now(trace)}
    for trace in traces:
        if trace.was_given:
            for each in standing_now(trace):
                same_way = Voice.objects.filter(report_id=each.report_id, person_id=kept_id, came_by=each.came_by)
                same_way.delete()
    Voice.objects.bulk_create(returned.values(), ignore_conflicts=True)
    recount({*(pk for _person, pk in returned), *(each.report_id for each in traces)})
    MergedVoice.objects.filter(merge_id=merge_id).delete()


def authored_among(voices: Sequence[Voice], people: Sequence[UUID]) -> set[int]:
    ids = {each.report_id for each in voices}
    found = Report.objects.filter(pk__in=ids, author_id__in=people).order_by("pk")
    return set(found.values_list("pk", flat=True))


def standing_now(trace: MergedVoice) -> list[Voice]:
    """Where it was; reports that were merged or parted meanwhile take it with them, as they took all others."""
    place, came_by = trace.report_id, trace.came_by
    if came_by and not Joining.objects.filter(report=came_by, lead=place, undone_at=None).exists():
        place, came_by = came_by, None
    lead = leads_of({place}).get(place, place)
    here = [voice_of(trace, trace.person_id, place, came_by)]
    return here if lead == place else [*here, voice_of(trace, trace.person_id, lead, came_by or place)]


def trace_of(voice: Voice, merge_id: int, *, was_given: bool) -> MergedVoice:
    return MergedVoice(
        merge_id=merge_id,
        person_id=voice.person_id,
        report_id=voice.report_id,
        added_at=voice.added_at,
        came_by=voice.came_by,
        was_given=was_given,
    )


def voice_of(one: Voice | MergedVoice, person_id: UUID, report_id: int, came_by: int | None) -> Voice:
    community_id = Report.objects.values_list("community_id", flat=True).get(pk=report_id)
    return Voice(
        community_id=community_id, report_id=report_id, person_id=person_id, added_at=one.added_at, came_by=came_by
    )


@transaction.atomic(durable=True)
def forget_resident(person_id: UUID, *, till: datetime) -> None:
    """The consent is withdrawn: drafts and promises to come go; voices are numbers and stay."""
    erase_drafts(list(ReportDraft.objects.filter(author_id=person_id, started_at__lte=till).order_by("pk")))
    erase_parcels_of(person_id, till=till)
    HelpingHand.objects.filter(person_id=person_id, joined_at__lte=till).delete()
