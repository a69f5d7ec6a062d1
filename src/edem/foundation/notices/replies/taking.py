"""Takes answers to letters: each once, no more in an hour than people write, handed to the service that asked."""

import hashlib
import logging
import uuid
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from edem.foundation.catalog.registry import manifests
from edem.foundation.catalog.replies import Reply, ReplyFile, TakesReply
from edem.foundation.notices.hosts import host_name, sender_address
from edem.foundation.notices.models import Notice
from edem.foundation.notices.received import ReceivedAnswer
from edem.foundation.notices.replies.addresses import reply_address_of
from edem.foundation.notices.replies.reading import Answer, read_answer
from edem.foundation.notices.return_path import LetterName, address_mark
from edem.foundation.notices.returned import Verdict
from edem.kernel.errors import Refused

logger = logging.getLogger(__name__)

MOST_IN_AN_HOUR: Final = 6
"""From one mailbox about one thing."""
_HOUR: Final = timedelta(hours=1)


def takers() -> dict[str, TakesReply]:
    return {topic: take for manifest in manifests() for topic, take in (manifest.answered or {}).items()}


def reply_address(notice: Notice) -> str:
    """Empty where nobody takes answers to such letters, or there is no mailbox for them."""
    if notice.topic not in takers():
        return ""
    return reply_address_of(LetterName(notice.community_id, notice.id))


def take_answer(raw: bytes, *, now: datetime) -> Verdict:
    answer = read_answer(raw, own_host=host_name(), own_address=sender_address())
    if isinstance(answer, Verdict):
        return answer
    letters = Notice.objects.filter(community_id=answer.letter.community_id, id=answer.letter.notice_id)
    notice = letters.order_by("id").first()
    if notice is None or notice.topic not in takers():
        return Verdict.NOT_TAKEN
    received, verdict = _received(answer, notice, raw=raw, now=now)
    if verdict is None:
        verdict = _hand_over(_reply(answer, notice, received), takers()[notice.topic], now=now)
        received.verdict = verdict
        received.save(update_fields=["verdict"])
    logger.info("answer to notice %s: %s", notice.id, verdict)
    return verdict


def _received(answer: Answer, notice: Notice, *, raw: bytes, now: datetime) -> tuple[ReceivedAnswer, Verdict | None]:
    """Written down before the service hears of it: a loop is seen even when each of its answers is refused."""
    sender = address_mark(answer.sender)
    lately = ReceivedAnswer.objects.filter(sender_mark=sender, path=notice.path, at__gt=now - _HOUR)
    is_many = lately.count() >= MOST_IN_AN_HOUR
    received, _ = ReceivedAnswer.objects.get_or_create(
        community_id=notice.community_id,
        id=_id_of(answer, raw),
        defaults={
            "notice_id": notice.id,
            "sender_mark": sender,
            "path": notice.path,
            "at": now,
            "verdict": Verdict.TOO_MANY if is_many else "",
        },
    )
    if not received.verdict:
        return received, None
    return received, Verdict.TOO_MANY if received.verdict == Verdict.TOO_MANY else Verdict.REPEATED


def _id_of(answer: Answer, raw: bytes) -> uuid.UUID:
    """By the Message-ID, which stays the same on every way; a message without one by its bytes."""
    name = answer.message_id or hashlib.sha256(raw).hexdigest()
    return uuid.uuid5(answer.letter.notice_id, name)


def _hand_over(reply: Reply, take: TakesReply, *, now: datetime) -> Verdict:
    try:
        return Verdict.ANSWER if take(reply, now) else Verdict.NOT_TAKEN
    except DatabaseError:
        raise  # the mailbox is read again in a few minutes
    except Refused as refusal:
        logger.info("answer %s was refused: %s", reply.id, refusal.code)
        return Verdict.NOT_TAKEN
    except Exception:
        if settings.DEBUG:
            raise
        logger.exception("answer %s broke its service", reply.id)  # the next message is still read
        return Verdict.BROKEN


def _reply(answer: Answer, notice: Notice, received: ReceivedAnswer) -> Reply:
    return Reply(
        id=received.id,
        community_id=notice.community_id,
        once=notice.once,
        path=notice.path,
        person_id=notice.person_id,
        address=notice.address,
        text=answer.text,
        files=tuple(ReplyFile(each.name, each.content) for each in answer.files),
    )
