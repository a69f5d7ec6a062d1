"""The published reports of periods: which are due, which there are, and what a letter says of one."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.notices.facts import Fact
from edem.foundation.people.models import RoleGrant
from edem.foundation.people.roles import Role
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Missing
from edem.services.reports.models import PeriodReport, Report
from edem.services.reports.queries.charters import CODE
from edem.services.reports.rules.period_told import PeriodTold
from edem.services.reports.rules.periods import Period, Span, periods_to_make, share

WATCHERS = (Role.CONTROL, Role.MODERATOR)


def periods_due(now: datetime) -> Sequence[tuple[int, Period]]:
    """Community and period of every report that should be there and is not yet."""
    due = []
    for community in Community.objects.filter(services__contains=[CODE]).order_by("pk"):
        begun = first_day(community)
        if begun is None:
            continue
        made = set(PeriodReport.objects.filter(community=community).order_by("pk").values_list("span", "first"))
        for span in (Span.WEEK, Span.MONTH):
            wanted = periods_to_make(span, begun=begun, now=now)
            due += [(community.pk, each) for each in wanted if (span.value, each.first) not in made]
    return due


def first_day(community: Community) -> date | None:
    """Of the first report that everybody could read."""
    first = Report.objects.filter(community=community, published_at__isnull=False).order_by("published_at", "pk")
    at = first.values_list("published_at", flat=True).first()
    return kyiv_day(at) if at else None


def period_reports(community: Community) -> QuerySet[PeriodReport]:
    return PeriodReport.objects.filter(community=community).defer("told").order_by("-last", "-first", "-pk")


def period_report(community: Community, span: str, first: str) -> PeriodReport:
    """By what stands in its address."""
    try:
        day = date.fromisoformat(first)
    except ValueError as unreadable:
        raise Missing("report.period_missing") from unreadable
    found = PeriodReport.objects.filter(community=community, span=span, first=day).select_related("pdf", "xlsx")
    made = found.order_by("pk").first()
    if made is None:
        raise Missing("report.period_missing")
    return made


def told_of(made: PeriodReport) -> PeriodTold:
    return PeriodTold.read(made.told)


def path_of(made: PeriodReport) -> str:
    return f"/reports/periods/{made.span}/{made.first}/"


def watchers_of(community: Community) -> list[UUID]:
    held = RoleGrant.objects.filter(community=community, role__in=WATCHERS, ended_at__isnull=True)
    return list(held.order_by("person_id").values_list("person_id", flat=True).distinct())


def facts_of(made: PeriodReport) -> dict[str, Fact]:
    whole = told_of(made).whole.now
    return {
        "span": made.span,
        "first": made.first,
        "last": made.last,
        "received": whole.received,
        "closed": whole.closed,
        "confirmed": whole.confirmed,
        "overdue": whole.overdue,
        "in_time": share(whole.accepted_in_time, whole.accepted),
    }
