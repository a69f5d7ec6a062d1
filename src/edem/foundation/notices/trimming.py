"""How long is kept what letters said and to whom they went (Law 2297-VI, art. 15): words a season, lines a year."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Model, QuerySet

from edem.foundation.notices.models import Bounce, DigestRound, MailState, Message, News, Notice
from edem.foundation.notices.received import ReceivedAnswer

WORDS_KEPT: Final = timedelta(days=90)
LINES_KEPT: Final = timedelta(days=365)
AT_ONCE: Final = 5_000
_DONE: Final = (MailState.SENT, MailState.NOT_MAILED, MailState.FAILED, MailState.UNKNOWN)


def trim_notices(*, now: datetime) -> None:
    """Every portion is a commit of its own; a letter that still waits keeps its words."""
    while _forget_words(now - WORDS_KEPT):
        pass
    done = Notice.objects.filter(created_at__lt=now - LINES_KEPT, state__in=_DONE)
    _remove(done.order_by("created_at", "id"))
    _remove(Message.objects.filter(created_at__lt=now - WORDS_KEPT).order_by("created_at", "pk"))
    _remove(News.objects.filter(at__lt=now - WORDS_KEPT).order_by("at", "id"))
    _remove(Bounce.objects.filter(at__lt=now - LINES_KEPT).order_by("at", "notice_id"))
    _remove(ReceivedAnswer.objects.filter(at__lt=now - LINES_KEPT).order_by("at", "id"))
    _remove(DigestRound.objects.filter(slot__lt=now - LINES_KEPT).order_by("slot", "pk"))


@transaction.atomic(durable=True)
def _forget_words(before: datetime) -> bool:
    """The subject stays, so that the cabinet's list can be read; the letter can no longer be written anew."""
    worded = Notice.objects.filter(created_at__lt=before, state__in=_DONE).exclude(template="")
    portion = list(worded.order_by("created_at", "id").values_list("pk", flat=True)[:AT_ONCE])
    return bool(portion) and bool(Notice.objects.filter(pk__in=portion).update(template="", facts={}))


def _remove(doomed: QuerySet[Model]) -> None:
    while _remove_portion(doomed):
        pass


@transaction.atomic(durable=True)
def _remove_portion(doomed: QuerySet[Model]) -> bool:
    portion = list(doomed.values_list("pk", flat=True)[:AT_ONCE])
    if portion:
        doomed.model._default_manager.filter(pk__in=portion).delete()  # noqa: SLF001 - Django's public name
    return bool(portion)
