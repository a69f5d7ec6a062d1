"""Voices and followers of reports that become one: lent to the one that is worked on, given back when they part."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from edem.foundation.notices.lending import lend_followers, return_followers
from edem.services.reports.actions.voicing import recount
from edem.services.reports.models import Report, Voice
from edem.services.reports.queries.charters import CODE

AT_ONCE = 1_000


def gather_voices(lead: Report, joining: Report, along: Sequence[int], *, now: datetime) -> None:
    """Everybody who spoke of any of them, and their authors, is a voice of the one that is worked on.

    What was given stays where it was given: the lead has it besides, with the way it came by.
    """
    people: dict[UUID, Voice] = {}
    for each in Report.objects.filter(pk__in=along, author__isnull=False).order_by("pk"):
        if each.author_id is not None:
            people.setdefault(each.author_id, _lent(lead, each.author_id, now, each.pk))
    for voice in Voice.objects.filter(report_id=joining.pk).order_by("added_at", "person_id"):
        people.setdefault(
            voice.person_id, _lent(lead, voice.person_id, voice.added_at, voice.came_by or voice.report_id)
        )
    if lead.author_id is not None:
        people.pop(lead.author_id, None)
    rows = [people[person] for person in sorted(people)]
    Voice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    recount([lead.pk])
    lead.voice_count = Voice.objects.filter(report_id=lead.pk).count()
    lend_followers(CODE, str(joining.pk), to=str(lead.pk), community_id=lead.community_id)


def give_back_voices(lead: Report, parting: Report, along: Collection[int], remaining: Collection[int]) -> None:
    """Whoever came by the report that parts goes with it, unless another that stays has their voice too."""
    gone = list(Voice.objects.filter(report_id=lead.pk, came_by__in=along).order_by("added_at", "person_id"))
    Voice.objects.filter(report_id__in=remaining, came_by__in=along).delete()
    Voice.objects.bulk_create(
        [_returned(each, parting) for each in gone if each.person_id != parting.author_id],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    elsewhere = _spoken_elsewhere({each.person_id for each in gone}, remaining)
    here = Voice.objects.filter(report_id=lead.pk)
    for each in gone:
        if each.person_id in elsewhere:
            here.filter(person_id=each.person_id).update(came_by=elsewhere[each.person_id])
    here.filter(person_id__in=[each.person_id for each in gone if each.person_id not in elsewhere]).delete()
    recount([lead.pk, parting.pk, *remaining])
    for each_report in (lead, parting):
        each_report.voice_count = Voice.objects.filter(report_id=each_report.pk).count()
    return_followers(CODE, str(parting.pk), of=str(lead.pk), community_id=lead.community_id)


def _spoken_elsewhere(people: Collection[UUID], remaining: Collection[int]) -> dict[UUID, int]:
    """Person → one of the reports that stay, of which they spoke or which they wrote."""
    authors = Report.objects.filter(pk__in=remaining, author_id__in=people).order_by("pk")
    voices = Voice.objects.filter(report_id__in=remaining, person_id__in=people).order_by("report_id", "person_id")
    found = {person: pk for person, pk in authors.values_list("author_id", "pk") if person is not None}
    return {**dict(voices.values_list("person_id", "report_id")), **found}


def _lent(lead: Report, person_id: UUID, added_at: datetime, came_by: int) -> Voice:
    return Voice(
        community_id=lead.community_id, report_id=lead.pk, person_id=person_id, added_at=added_at, came_by=came_by
    )


def _returned(voice: Voice, parting: Report) -> Voice:
    came_by = None if voice.came_by == parting.pk else voice.came_by
    return Voice(
        community_id=voice.community_id,
        report_id=parting.pk,
        person_id=voice.person_id,
        added_at=voice.added_at,
        came_by=came_by,
    )
