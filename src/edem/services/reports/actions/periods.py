"""Weekly and monthly reports: counted, printed, published; each period of a community once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from edem.foundation.communities.models import Community
from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import publish_files, store_made
from edem.foundation.files.models import StoredFile
from edem.foundation.files.rules import Kind
from edem.foundation.notices.actions import Mail, send_notices, send_official_letter
from edem.services.reports.events import PeriodReported
from edem.services.reports.models import PeriodReport
from edem.services.reports.queries.boxes import control_boxes
from edem.services.reports.queries.period_papers import pdf_of, workbook_of
from edem.services.reports.queries.period_reports import facts_of, path_of, watchers_of
from edem.services.reports.queries.periods import period_told
from edem.services.reports.rules.periods import Period

PURPOSE = "reports.period"


@transaction.atomic(durable=True)
def make_period_report(community_id: int, period: Period, *, now: datetime) -> PeriodReport | None:
    """None when this period has been made already, by another worker perhaps."""
    community = Community.objects.select_for_update(of=("self",), no_key=True).get(pk=community_id)

    same = PeriodReport.objects.filter(community=community, span=period.span, first=period.first)
    if same.exists() or not period.has_ended(now):
        return None

    with override("uk"):  # official papers are in Ukrainian
        told = period_told(community, period, now=now)
        path = f"/reports/periods/{period.span}/{period.first}/"
        pdf = keep(community, pdf_of(told, community, now=now, path=path), kind=Kind.PDF, period=period, now=now)
        xlsx = keep(community, workbook_of(told), kind=Kind.XLSX, period=period, now=now)
    made = PeriodReport.objects.create(
        community=community,
        span=period.span,
        first=period.first,
        last=period.last,
        told=told.as_json(),
        pdf=pdf,
        xlsx=xlsx,
        made_at=now,
    )
    publish_files([pdf.pk, xlsx.pk])

    announce(PeriodReported(period_report_id=made.pk))
    return made


def keep(community: Community, content: bytes, *, kind: Kind, period: Period, now: datetime) -> StoredFile:
    name = f"{community.slug}-reports-{period.first}-{period.last}.{kind}"
    return store_made(content, name=name, kind=kind, community=community, purpose=PURPOSE, now=now)


@transaction.atomic(durable=True)
def tell_of_period(period_report_id: int, *, now: datetime) -> None:
    """The control body gets it at its mailbox; its people and the moderator, whose duty it is (§5.4), as a notice."""
    made = PeriodReport.objects.select_related("community").get(pk=period_report_id)

    mail = Mail(
        topic="staff",
        template="reports/mail/period.html",
        path=path_of(made),
        once=f"reports.period:{made.pk}",
        facts=facts_of(made),
    )
    send_notices(watchers_of(made.community), mail, community=made.community, now=now)
    for body in control_boxes(made.community_id):
        send_official_letter(body.email, mail, community=made.community, now=now)
