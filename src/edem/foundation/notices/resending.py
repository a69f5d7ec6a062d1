"""A person's decision about letters whose fate the platform does not know: it never sends those again by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events import announce
from edem.foundation.notices.events import NoticesQueued
from edem.foundation.notices.models import MailState, Notice
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing

WAITING_FOR_A_PERSON: Final = (MailState.UNKNOWN, MailState.FAILED)


def letters_in(state: MailState) -> QuerySet[Notice]:
    found = Notice.objects.filter(state=state).select_related("community")
    return found.order_by("-created_at", "id")


def letter_counts() -> Mapping[MailState, int]:
    """Every state, those without letters too."""
    counted = dict(Notice.objects.values_list("state").annotate(count=Count("id")).order_by("state"))
    return {state: counted.get(state.value, 0) for state in MailState}


def letters_waiting() -> int:
    """How many wait for a person's decision; those without their words any more are past deciding."""
    return Notice.objects.filter(state__in=WAITING_FOR_A_PERSON).exclude(template="").count()


def letters_for_the_desk(community_id: int) -> QuerySet[Notice]:
    """Those of a community that wait for a person's decision, the oldest first."""
    waiting = Notice.objects.filter(community_id=community_id, state__in=WAITING_FOR_A_PERSON).exclude(template="")
    return waiting.order_by("created_at", "id")


def letter_at_the_desk(community_id: int, notice_id: UUID) -> Notice:
    """Whatever has become of it meanwhile."""
    found = Notice.objects.filter(community_id=community_id, id=notice_id).order_by("id").first()
    if found is None:
        raise Missing("notices.no_such_letter")
    return found


@transaction.atomic(durable=True)
def send_again(community_id: int, notice_id: UUID, *, by: Person, now: datetime, at_desk_of: int | None = None) -> None:
    """Queue it anew under the same Message-ID: a mailbox that has it already may show it once.

    It stands in the log of the community at whose desk it was decided, or in the platform's own.
    """
    found = Notice.objects.select_for_update(of=("self",)).filter(community_id=community_id, id=notice_id)
    notice = found.order_by("id").first()
    if notice is None:
        raise Missing("notices.no_such_letter")
    if not notice.template:
        raise Conflict("notices.words_are_gone")
    if notice.state not in WAITING_FOR_A_PERSON:
        raise Conflict("notices.not_to_be_resent")

    before = notice.state
    notice.state, notice.attempts, notice.not_before, notice.reply = MailState.QUEUED, 0, now, ""
    notice.save(update_fields=["state", "attempts", "not_before", "reply"])
    announce(NoticesQueued())
    record_staff_act(
        by, "notices.resent", community_id=at_desk_of, subject=notice, now=now, letter=notice.id, before=before
    )
