"""What waited for the mail server, what a dead worker left, and the digests whose hour has come."""

import logging
from datetime import datetime

from django.conf import settings

from edem.foundation.events import daily, every
from edem.foundation.notices.inbox import InboxAwayError, read_inbox
from edem.foundation.notices.mailing import give_up_lost, send_queued
from edem.foundation.notices.messaging import give_up_lost_messages, send_messages
from edem.foundation.notices.planning import send_out_due_digests
from edem.foundation.notices.sms.reporting import ask_for_reports
from edem.foundation.notices.trimming import trim_notices

logger = logging.getLogger(__name__)


@every(minutes=1)
def send_what_waited(now: datetime) -> None:
    give_up_lost(now=now)
    send_queued(now=now)
    give_up_lost_messages(now=now)
    send_messages(now=now)


@every(minutes=5)
def ask_what_became_of_texts(now: datetime) -> None:
    ask_for_reports(now=now)


@every(minutes=5)
def read_returned_mail(now: datetime) -> None:
    """Only where the operator has named a mailbox for it."""
    if not settings.EDEM.bounces_url:
        return
    try:
        found = read_inbox(settings.EDEM.bounces_url, now=now)
    except InboxAwayError as away:
        logger.warning("the mailbox of returned mail is away: %s", away)
    else:
        logger.info("returned mail: %s", {str(verdict): count for verdict, count in found.items()})


@every(minutes=5)
def send_out_digests(now: datetime) -> None:
    """A round that a dead worker left goes on where it stopped."""
    send_out_due_digests(now=now)


@daily(at="03:20")
def trim_what_was_told(now: datetime) -> None:
    trim_notices(now=now)
