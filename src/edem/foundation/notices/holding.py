"""What notices hold about one person: what they were told, what they follow, what they chose."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.notices.models import MailChoice, Message, Notice, Subscription
from edem.foundation.people.held import Held, lines_of


def held_by_notices(person_id: UUID) -> Sequence[Held]:
    return [each for each in (_told(person_id), _messages(person_id), _followed(person_id), _chosen(person_id)) if each]


def _told(person_id: UUID) -> Held | None:
    notices = Notice.objects.filter(person_id=person_id).order_by("-created_at", "id")
    count = notices.count()
    if not count:
        return None
    return Held(
        code="notices.told",
        title=_("Повідомлення вам"),
        words=ngettext("%(n)d повідомлення", "%(n)d повідомлень", count) % {"n": count},
        why=_("Щоб ви дізнавалися новини своїх справ."),
        until=_("Текст листа — 90 днів, рядок про нього в кабінеті — рік."),
        lines=lines_of(notices, "subject", "path", "created_at", "read_at", "state"),
    )


def _messages(person_id: UUID) -> Held | None:
    messages = Message.objects.filter(person_id=person_id).order_by("-created_at", "pk")
    count = messages.count()
    if not count:
        return None
    return Held(
        code="notices.messages",
        title=_("SMS і повідомлення в браузері"),
        words=ngettext("%(n)d повідомлення", "%(n)d повідомлень", count) % {"n": count},
        why=_("Щоб ви дізнавалися найважливіше одразу."),
        until=_("90 днів. Текстів із кодами не зберігаємо."),
        lines=lambda: [
            {"kind": each.channel, "subject": each.words, "created_at": each.created_at, "state": each.state}
            for each in messages
        ],
    )


def _followed(person_id: UUID) -> Held | None:
    known = list(Subscription.objects.filter(person_id=person_id).select_related("community").order_by("pk"))
    if not known:
        return None
    return Held(
        code="notices.followed",
        title=_("За чим ви стежите"),
        words=ngettext("%(n)d підписка", "%(n)d підписок", len(known)) % {"n": len(known)},
        why=_("Щоб писати вам про те, що ви вибрали."),
        until=_("Поки ви не перестанете стежити або діє ваша згода."),
        lines=lambda: [
            {
                "community": each.community.name,
                "kind": each.kind,
                "service": each.service,
                "key": each.key,
                "rhythm": each.rhythm,
                "since": each.since,
            }
            for each in known
        ],
    )


def _chosen(person_id: UUID) -> Held | None:
    known = list(MailChoice.objects.filter(person_id=person_id).order_by("topic"))
    if not known:
        return None
    return Held(
        code="notices.chosen",
        title=_("Які листи ви вибрали"),
        words=ngettext("%(n)d вибір", "%(n)d виборів", len(known)) % {"n": len(known)},
        why=_("Щоб не писати вам зайвого."),
        until=_("Поки діє ваша згода."),
        lines=lines_of(known, "topic", "is_mailed", "is_texted", "is_pushed", "chosen_at"),
    )
