"""What reports hold about one person: what they sent, what they joined, what they wrote."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.people.held import Held
from edem.services.reports.models import Answer, Photo, Report, Voice
from edem.services.reports.rules.lifecycle import STATES, State


def held_about(person_id: UUID, _now: datetime) -> Sequence[Held]:
    """Only that of which there is something."""
    known = (_reports(person_id), _voices(person_id), _replies(person_id), _photos(person_id))
    return [each for each in known if each]


def _reports(person_id: UUID) -> Held | None:
    count = Report.objects.filter(author_id=person_id).count()
    if not count:
        return None
    return Held(
        code="reports.written",
        title=_("Ваші повідомлення про проблеми"),
        words=ngettext("%(n)d повідомлення: текст, місце, час", "%(n)d повідомлень: текст, місце, час", count)
        % {"n": count},
        why=_("Щоб організація знала, що виправити, а ви — що зроблено."),
        until=_("Поки працює платформа. Коли ви відкликаєте згоду, ваше ім’я з повідомлень зникає."),
        lines=lambda: reports_of(person_id),
    )


def reports_of(person_id: UUID) -> Iterable[Mapping[str, object]]:
    mine = Report.objects.filter(author_id=person_id).select_related("community").order_by("-submitted_at", "-pk")
    return [
        {
            "title": each.title,
            "number": each.number,
            "community": each.community.name,
            "state": _(STATES[State(each.state)].label),
            "text": each.text,
            "address": each.address,
            "lat": each.lat,
            "lon": each.lon,
            "answers": each.answers,
            "name_shown": each.author_name,
            "submitted_at": each.submitted_at,
            "published_at": each.published_at,
            "confirmed": each.confirmed,
        }
        for each in mine
    ]


def _voices(person_id: UUID) -> Held | None:
    given = Voice.objects.filter(person_id=person_id)
    count = given.count()
    if not count:
        return None
    return Held(
        code="reports.voices",
        title=_("Проблеми, до яких ви приєдналися"),
        words=ngettext("%(n)d проблема", "%(n)d проблем", count) % {"n": count},
        why=_("Щоб було видно, скількох людей це стосується, і щоб писати вам про зміни."),
        until=_("Поки ви не від’єднаєтеся або не відкличете згоду."),
        lines=lambda: [
            {"report": each.report_id, "added_at": each.added_at} for each in given.order_by("-added_at", "report_id")
        ],
    )


def _replies(person_id: UUID) -> Held | None:
    written = Answer.objects.filter(author_id=person_id)
    count = written.count()
    if not count:
        return None
    return Held(
        code="reports.answers",
        title=_("Що ви писали на картках повідомлень"),
        words=ngettext("%(n)d допис", "%(n)d дописів", count) % {"n": count},
        why=_("Щоб організації та мешканці порозумілися, що саме треба зробити."),
        until=_("Поки працює платформа. Коли ви відкликаєте згоду, ваше ім’я з дописів зникає."),
        lines=lambda: [
            {"report": each.report_id, "kind": each.kind, "text": each.text, "at": each.at}
            for each in written.order_by("-at", "-pk")
        ],
    )


def _photos(person_id: UUID) -> Held | None:
    added = Photo.objects.filter(added_by_id=person_id, stage=Photo.Stage.BEFORE)
    count = added.count()
    if not count:
        return None
    return Held(
        code="reports.photos",
        title=_("Фото й відео, які ви додали до повідомлень"),
        words=ngettext("%(n)d фото чи відео", "%(n)d фото й відео", count) % {"n": count},
        why=_("Щоб було видно, що сталося і де. Місце зйомки й дані камери з фото прибрано."),
        until=_("Поки працює платформа. Коли ви відкликаєте згоду, вони більше не пов’язані з вами."),
        lines=lambda: [
            {"report": each.report_id, "added_at": each.added_at, "hidden": each.hidden}
            for each in added.order_by("-added_at", "-pk")
        ],
    )
