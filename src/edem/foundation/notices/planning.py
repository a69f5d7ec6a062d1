"""Sends out digests: a round for each slot, portion by portion; each portion is one commit and says how far it is."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.notices.actions import queue
from edem.foundation.notices.digests import DIGEST, SHOWN
from edem.foundation.notices.facts import packed
from edem.foundation.notices.gathering import Told, gathered
from edem.foundation.notices.hearing import digest_readers
from edem.foundation.notices.letters import subject_of
from edem.foundation.notices.models import DigestRound, News, Notice
from edem.foundation.notices.slots import latest_slot
from edem.foundation.notices.subjects import Following, NewsLine, Rhythm
from edem.foundation.notices.topics import FOLLOWED
from edem.foundation.people.models import Person
from edem.kernel.deadlines import kyiv_day

logger = logging.getLogger(__name__)

LOOKS_BACK: Final = timedelta(days=8)
"""More than a week: nothing is lost when the rhythm is changed, for what was told already is known exactly."""
LONGEST: Final = timedelta(days=35)
"""However long no worker ran, nobody wants to read more."""


def send_out_due_digests(*, now: datetime) -> None:
    """Begin or go on with the latest round of each rhythm; a finished one is left alone."""
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        slot = latest_slot(rhythm, now)
        DigestRound.objects.get_or_create(rhythm=rhythm, slot=slot)
        while _serve_portion(rhythm, slot, now=now):
            pass


@transaction.atomic(durable=True)
def _serve_portion(rhythm: Rhythm, slot: datetime, *, now: datetime) -> bool:
    """The round's row is locked, so two workers serve one portion after another and never the same."""
    this = DigestRound.objects.select_for_update().get(rhythm=rhythm, slot=slot)
    if this.finished_at is not None:
        return False
    community, news = _next_community(this)
    if community is None:
        this.finished_at = now
        this.save(update_fields=["finished_at"])
        logger.info("%s digests of %s: %s", rhythm, slot.isoformat(), this.digests)
        return False
    people, subscriptions = digest_readers(
        [each.about for each in news], community_id=community.pk, rhythm=rhythm, after=this.person_id
    )
    if people:
        followings: dict[UUID, list[Following]] = defaultdict(list)
        for each in subscriptions:
            followings[each.person_id].append(Following(subject=each.subject, since=each.since))
        this.digests += _queue_digests(this, community, followings, news, now=now)
        this.person_id = people[-1]
    else:
        this.community_id, this.person_id = community.pk + 1, UUID(int=0)
    this.save(update_fields=["digests", "person_id", "community_id"])
    return True


def _next_community(this: DigestRound) -> tuple[Community | None, list[NewsLine]]:
    """The next community in which something happened, with all that its digests may tell."""
    fresh = News.objects.filter(at__gt=_since(this), at__lte=this.slot, community_id__gte=this.community_id)
    first = fresh.select_related("community").order_by("community_id", "pk").first()
    if first is None:
        return None, []
    if first.community_id > this.community_id:
        this.community_id, this.person_id = first.community_id, UUID(int=0)
    told = fresh.filter(community_id=first.community_id).order_by("at", "pk")
    return first.community, [each.line for each in told]


def _since(this: DigestRound) -> datetime:
    """From the last round that was, should it be longer ago than usual."""
    before = DigestRound.objects.filter(rhythm=this.rhythm, slot__lt=this.slot).order_by("-slot").first()
    usual = this.slot - LOOKS_BACK
    return max(min(before.slot, usual), this.slot - LONGEST) if before else usual


def _queue_digests(
    this: DigestRound,
    community: Community,
    followings: Mapping[UUID, Sequence[Following]],
    news: Sequence[NewsLine],
    *,
    now: datetime,
) -> int:
    told = _told(community, followings, news)
    people = Person.objects.filter(pk__in=followings, is_active=True).order_by("pk").values_list("pk", "language")
    subjects: dict[tuple[str, int], str] = {}
    digests = []
    for person_id, language in people:
        fresh = gathered(person_id, followings[person_id], news, told=told[person_id])
        if not fresh:
            continue
        digest = _digest(this, community, person_id, fresh, language=language, now=now)
        written = (language, len(fresh))
        if written not in subjects:
            subjects[written] = subject_of(digest)
        digest.subject = subjects[written]
        digests.append(digest)
    queue(digests)
    return len(digests)


def _told(community: Community, people: Mapping[UUID, object], news: Sequence[NewsLine]) -> Mapping[UUID, Told]:
    """What each person of the portion knows already: two questions for all of them."""
    notices = Notice.objects.filter(community=community, person_id__in=list(people)).order_by("person_id", "id")
    at_once: dict[UUID | None, set[str]] = defaultdict(set)
    for person_id, once in notices.filter(once__in=[each.once for each in news]).values_list("person_id", "once"):
        at_once[person_id].add(once)
    in_digests: dict[UUID | None, set[int]] = defaultdict(set)
    earlier = notices.filter(template=DIGEST, created_at__gt=news[0].at).values_list("person_id", "facts")
    for person_id, facts in earlier:
        in_digests[person_id].update(int(each) for each in facts.get("news", []))
    return {person_id: Told(once=at_once[person_id], news=in_digests[person_id]) for person_id in people}


def _digest(
    this: DigestRound,
    community: Community,
    person_id: UUID,
    news: Sequence[NewsLine],
    *,
    language: str,
    now: datetime,
) -> Notice:
    digest = Notice(
        community=community,
        person_id=person_id,
        language=language,
        topic=FOLLOWED,
        template=DIGEST,
        once=f"digest.{this.rhythm}:{kyiv_day(this.slot).isoformat()}",
        created_at=now,
        not_before=now,
    )
    digest.path = f"/cabinet/digests/{digest.id}/"
    digest.facts = packed(
        {
            "news": [str(each.id) for each in news],
            "count": len(news),
            "more": max(0, len(news) - SHOWN),
            "rhythm": this.rhythm,
        }
    )
    return digest
