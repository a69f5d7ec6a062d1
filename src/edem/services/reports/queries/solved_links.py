"""«Вирішено? так / ні» in a letter: a signed address by which the author answers without signing in."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core import signing

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.services.reports.models import Report

_SALT: Final = "reports.solved"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """About one closing: an old letter does not answer for a new one."""

    report: Report
    person: Person


def solved_address(report: Report, author_id: UUID, *, closed_with: Report | None = None) -> str:
    """A merged report is closed with the one it follows, perhaps a moment after this letter."""
    packed = [report.pk, author_id.hex, _closing(closed_with or report)]
    token = signing.dumps(packed, salt=_SALT)
    return address_of_page(report.community, f"/reports/solved/{token}/")


def asked_by(token: str, *, community_id: int) -> Asked:
    """Letters live long in mailboxes; the link lives as long as the closing that it asks about."""
    try:
        report_id, person_id, closing = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as wrong:
        raise Missing("report.answer_link_unknown") from wrong
    found = Report.objects.select_related("author", "community").filter(pk=report_id, community_id=community_id)
    report = found.order_by("pk").first()
    if report is None or report.author is None or report.author_id != UUID(person_id) or _closing(report) != closing:
        raise Missing("report.answer_link_unknown")
    return Asked(report=report, person=report.author)


def _closing(report: Report) -> int:
    return int(report.closed_at.timestamp()) if report.closed_at else 0
