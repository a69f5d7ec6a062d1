"""What returned letters mean for an address: after one lasting failure, or three passing ones, it is left in peace."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q

from edem.foundation.events.announcing import announce
from edem.foundation.notices.events import OfficialLetterLost
from edem.foundation.notices.models import Bounce, Notice
from edem.foundation.notices.returned import Returned, Verdict, read_returned

PASSING: Final = 3
PASSING_WITHIN: Final = timedelta(days=14)


def take_returned(raw: bytes, *, now: datetime) -> Verdict:
    """Read one returned message and remember what it says; reading it again changes nothing."""
    returned = read_returned(raw)
    return _remember(returned, now=now) if returned.is_failure else returned.verdict


@transaction.atomic
def note_bounce(notice: Notice, *, is_permanent: bool, status: str, now: datetime) -> None:
    """Of several answers to one letter the worst counts."""
    tell_who_waits(notice, status=status)
    if notice.address_mark is None:
        return
    facts = {"person_id": notice.person_id, "address_mark": notice.address_mark, "at": now}
    bounce, is_new = Bounce.objects.select_for_update().get_or_create(
        community_id=notice.community_id,
        notice_id=notice.id,
        defaults={**facts, "is_permanent": is_permanent, "status": status},
    )
    if not is_new and is_permanent and not bounce.is_permanent and bounce.settled_at is None:
        bounce.is_permanent, bounce.status = True, status
        bounce.save(update_fields=["is_permanent", "status"])


@transaction.atomic
def tell_who_waits(notice: Notice, *, status: str) -> None:
    """Nobody watches a body's mailbox for it: the service that wrote must raise it to people."""
    if notice.address:
        announce(
            OfficialLetterLost(
                community_id=notice.community_id,
                notice_id=notice.id,
                topic=notice.topic,
                once=notice.once,
                address=notice.address,
                status=status,
            )
        )


def is_undeliverable(address_mark: bytes, *, now: datetime) -> bool:
    counted = Bounce.objects.filter(address_mark=address_mark, settled_at=None).aggregate(
        lasting=Count("notice_id", filter=Q(is_permanent=True)),
        passing=Count("notice_id", filter=Q(is_permanent=False, at__gt=now - PASSING_WITHIN)),
    )
    return bool(counted["lasting"]) or counted["passing"] >= PASSING


@dataclass(frozen=True)
class Bounced:
    """Letters to a person come back."""

    since: datetime
    status: str
    is_gone: bool
    """There is no such mailbox; otherwise it may work again by itself."""


def bounced_since(person_id: UUID, *, now: datetime) -> Bounced | None:
    """None while letters arrive."""
    unsettled = Bounce.objects.filter(person_id=person_id, settled_at=None).order_by("-at", "notice_id")
    last = unsettled.first()
    if last is None or not is_undeliverable(bytes(last.address_mark), now=now):
        return None
    return Bounced(last.at, last.status, is_gone=last.is_permanent)


def settle(person_id: UUID, *, now: datetime) -> None:
    """The person says that the mailbox works again: letters go out until one comes back."""
    Bounce.objects.filter(person_id=person_id, settled_at=None).update(settled_at=now)


def undeliverable_addresses(*, now: datetime) -> int:
    """How many mailboxes we have stopped writing to, for the operator."""
    by_address = Bounce.objects.filter(settled_at=None).values("address_mark").order_by("address_mark")
    counted = by_address.annotate(
        lasting=Count("notice_id", filter=Q(is_permanent=True)),
        passing=Count("notice_id", filter=Q(is_permanent=False, at__gt=now - PASSING_WITHIN)),
        last=Max("at"),
    )
    return counted.filter(Q(lasting__gt=0) | Q(passing__gte=PASSING)).count()


def _remember(returned: Returned, *, now: datetime) -> Verdict:
    assert returned.letter is not None
    notice = Notice.objects.filter(community_id=returned.letter.community_id, id=returned.letter.notice_id).first()
    if notice is None:
        return Verdict.NOT_OURS
    note_bounce(notice, is_permanent=returned.verdict is Verdict.PERMANENT, status=returned.status, now=now)
    return returned.verdict
