"""Servers of organisations, and what is on its way to them or comes back."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import QueueItem
from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.people.sealing import open_text
from edem.kernel.errors import Missing
from edem.services.reports.models import Forwarding, Photo, Receiver, Report
from edem.services.reports.queries.cases import asked_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.forwarding import Stage, service_for
from edem.services.reports.rules.lifecycle import AT_WORK
from edem.services.reports.rules.open311.outgoing import Told

SEALED = b"reports_receiver.api_key"
AT_ONCE = 200


def receivers_of(community: Community) -> QuerySet[Receiver]:
    """With how much waits, is refused and was sent."""
    counted = {stage: Count("forwardings", filter=Q(forwardings__stage=stage)) for stage in Stage}
    found = Receiver.objects.filter(community=community).select_related("organisation")
    return found.annotate(**{f"in_{stage}": count for stage, count in counted.items()}).order_by(
        "organisation__name_key", "pk"
    )


def receiver_in(community: Community, receiver_id: int) -> Receiver:
    found = receivers_of(community).filter(pk=receiver_id).first()
    if found is None:
        raise Missing("receiver.missing")
    return found


def forwardings_refused(receiver: Receiver) -> QuerySet[Forwarding]:
    return receiver.forwardings.filter(stage=Stage.REFUSED).select_related("report").order_by("-made_at", "pk")


def refused_queue(community: Community, _now: datetime) -> Sequence[QueueItem]:
    """For the control body: what an organisation's own system did not want, the longest first."""
    waiting = Forwarding.objects.filter(
        stage=Stage.REFUSED,
        receiver__community=community,
        assignment__returned_at=None,
        assignment__closed_at=None,
        report__state__in=[state.value for state in AT_WORK],
    )
    rows = waiting.select_related("report", "receiver__organisation").order_by("refused_at", "pk")[:AT_ONCE]
    return [
        QueueItem(
            title=each.report.title,
            path=f"{path_of(each.report)}case/",
            state=_("Не прийнято: %(fault)s") % {"fault": each.fault},
            tone="warning",
            shape="▲",
            due=each.report.due_at,
            holder=each.receiver.organisation.name,
            number=f"№ {each.report.number}" if each.report.number else "",
        )
        for each in rows
    ]


def due_forwardings(now: datetime) -> Sequence[tuple[int, int]]:
    """Those to be sent or looked for, with their servers; where the server is off, they wait."""
    due = Forwarding.objects.filter(next_at__lte=now, receiver__is_on=True)
    return list(due.order_by("next_at", "pk").values_list("pk", "receiver_id")[:AT_ONCE])


def receivers_on() -> Sequence[int]:
    return list(Receiver.objects.filter(is_on=True).order_by("pk").values_list("pk", flat=True))


def awaited_of(receiver: Receiver) -> Sequence[Forwarding]:
    """Sent and still being worked on: what their system says of these is asked for."""
    states = [state.value for state in AT_WORK]
    sent = receiver.forwardings.filter(stage=Stage.SENT, report__state__in=states)
    return list(sent.select_related("report", "assignment").order_by("pk")[: AT_ONCE * 5])


def key_of_receiver(receiver: Receiver) -> str:
    return open_text(receiver.api_key, place=SEALED) if receiver.api_key else ""


def told_of(report: Report, receiver: Receiver) -> Told:
    community = report.community
    return Told(
        service_code=service_for(report.category_codes, receiver.services, default=receiver.service_code),
        title=report.title,
        text=report.text,
        address=report.address,
        lat=report.lat,
        lon=report.lon,
        card=address_of_page(community, path_of(report)),
        answers=report.answers,
        questions=asked_of(report),
        picture=_picture(report, community),
    )


def _picture(report: Report, community: Community) -> str:
    seen = Photo.objects.filter(report=report, hidden=False, stage=Photo.Stage.BEFORE, file__is_public=True)
    photo = seen.select_related("file").order_by("position", "pk").first()
    if photo is None:
        return ""
    return address_of_page(community, f"/files/{photo.file.pk}/{quote(photo.file.name)}")
