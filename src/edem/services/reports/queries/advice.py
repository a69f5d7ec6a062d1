"""The rules in force and whom they name to advise the staff: what stands beside every page of work."""

from datetime import datetime

from edem.foundation.communities.models import Community
from edem.foundation.communities.queries import charter_in_force
from edem.kernel.errors import Missing
from edem.services.reports.charter import ReportCharter
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.rules.advice import Advice, advice_of


def charter_now(community: Community, *, now: datetime) -> ReportCharter:
    return read_version(charter_in_force(community.pk, CODE, now=now).pk)


def charter_or_usual(community: Community, *, now: datetime) -> ReportCharter:
    """Reports outlive the rules they were sent under: their pages are read even while none are in force."""
    try:
        return charter_now(community, now=now)
    except Missing:
        return ReportCharter()


def advice_in(community: Community, *, now: datetime) -> Advice:
    charter = charter_or_usual(community, now=now)
    return advice_of(charter, phone=community.contact_phone, email=community.contact_email)
