"""Sends what is queued. A letter is claimed in a commit of its own before it goes out, so nothing is sent twice."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from edem.foundation.events import announce
from edem.foundation.notices.addresses import address_of
from edem.foundation.notices.bouncing import is_undeliverable, note_bounce, tell_who_waits
from edem.foundation.notices.envelope import message_of
from edem.foundation.notices.events import NoticesQueued
from edem.foundation.notices.hosts import host_name, sender_address
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import MailState, Notice
from edem.foundation.notices.one_address import CODE, is_late
from edem.foundation.notices.post import Fate, Outcome, Post, ServerAwayError, connected
from edem.foundation.notices.queries import is_wanted
from edem.foundation.notices.return_path import LetterName, address_mark, return_path_of

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 14
"""About three days of trying."""
AT_ONCE = 200
"""Letters in one job: a worker that is told to stop does not have to empty the whole queue first."""
AHEAD = 20
"""How many of the nearest a worker looks at: others may hold the first of them. More than there are workers."""
_NO_SUCH_ADDRESS = "5.1."
IN_HAND = timedelta(minutes=15)
"""Longer than any conversation: a letter claimed before that lost its worker."""


def send_queued(*, now: datetime) -> None:
    """Send letters until none is due; a server that is away costs no letter an attempt."""
    left = AT_ONCE
    while left and _is_any_due(now):
        try:
            with connected(settings.EDEM.smtp_url, local_name=host_name()) as post:
                while left and post.is_open and (notice := _claim(now)):
                    _send(notice, post, now=now)
                    left -= 1
        except ServerAwayError as away:
            logger.warning("the mail server is away: %s", away)
            return
    if not left:
        _leave_the_rest_to_the_next_job()


def give_up_lost(*, now: datetime) -> None:
    """A worker died with a letter in its hand: it may have been sent, so it is not sent again."""
    lost = Notice.objects.filter(state=MailState.SENDING, claimed_at__lt=now - IN_HAND)
    lost.update(state=MailState.UNKNOWN, reply="lost")


@transaction.atomic
def _leave_the_rest_to_the_next_job() -> None:
    announce(NoticesQueued())


def _is_any_due(now: datetime) -> bool:
    return Notice.objects.filter(state=MailState.QUEUED, not_before__lte=now).exists()


@transaction.atomic(durable=True)
def _claim(now: datetime) -> Notice | None:
    due = Notice.objects.filter(state=MailState.QUEUED, not_before__lte=now)
    nearest = due.order_by("not_before", "created_at", "id").values_list("community_id", "id")[:AHEAD]
    for community_id, number in nearest:
        # By its whole key: where the great tables lie on several servers, one row alone can be locked (scale-out.md).
        mine = due.filter(community_id=community_id, id=number).order_by("id")
        notice = mine.select_for_update(skip_locked=True, of=("self",)).select_related("community").first()
        if notice is not None:
            _record(notice, MailState.SENDING, attempts=notice.attempts + 1, claimed_at=now)
            return notice
    return None


def _send(notice: Notice, post: Post, *, now: datetime) -> None:
    reason, address = _addressee(notice, now)
    if not address:
        _record(notice, MailState.NOT_MAILED, reply=reason)
        if reason == "bounced":
            tell_who_waits(notice, status=reason)
        return
    notice.save(update_fields=["address_mark"])
    try:
        message = message_of(notice, letter_of(notice), address=address, now=now)
    except ValueError:
        logger.warning("notice %s has an address or a subject that fits no letter", notice.id)
        _record(notice, MailState.FAILED, reply="malformed")
        return
    sender = return_path_of(LetterName(notice.community_id, notice.id)) or sender_address()
    outcome = post.deliver(message, sender=sender, recipient=address)
    _conclude(notice, outcome, now=now)


def _addressee(notice: Notice, now: datetime) -> tuple[str, str]:
    if is_late(notice, now=now):
        return "late", ""
    if not is_wanted(notice):
        return "unsubscribed", ""
    address = address_of(notice, now=now)
    if not address:
        return "no_address", ""
    notice.address_mark = address_mark(address)
    if notice.template == CODE:  # its owner says that it works, and the code will show it
        return "", address
    return ("bounced", "") if is_undeliverable(notice.address_mark, now=now) else ("", address)


def _conclude(notice: Notice, outcome: Outcome, *, now: datetime) -> None:
    reply = str(outcome.code or "broken")
    match outcome.fate:
        case Fate.SENT:
            _record(notice, MailState.SENT, sent_at=now, reply=reply)
        case Fate.REFUSED:
            _record(notice, MailState.FAILED, reply=reply)
            if outcome.status.startswith(_NO_SUCH_ADDRESS):
                note_bounce(notice, is_permanent=True, status=outcome.status, now=now)
            else:
                tell_who_waits(notice, status=outcome.status or reply)
        case Fate.UNKNOWN:
            _record(notice, MailState.UNKNOWN, reply=reply)
        case Fate.LATER if notice.attempts < MOST_ATTEMPTS:
            _record(notice, MailState.QUEUED, not_before=now + waiting(notice.attempts), reply=reply)
        case Fate.LATER:
            _record(notice, MailState.FAILED, reply=reply)
            tell_who_waits(notice, status=outcome.status or reply)
    logger.info("notice %s: %s %s", notice.id, notice.state, reply)


def waiting(attempts: int) -> timedelta:
    longest_power = 7
    return min(FIRST_WAIT * (1 << min(attempts - 1, longest_power)), LONGEST_WAIT)


def _record(notice: Notice, state: MailState, **changes: object) -> None:
    for name, value in {"state": state, **changes}.items():
        setattr(notice, name, value)
    notice.save(update_fields=["state", *changes])
