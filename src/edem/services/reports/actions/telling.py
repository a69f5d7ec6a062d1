"""Letters about a report: to its author, to those who follow it, to the staff whose move it is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from edem.foundation.notices.actions import Mail, send_notices
from edem.foundation.notices.facts import Fact
from edem.foundation.notices.subjects import About
from edem.foundation.notices.telling import tell_followers
from edem.services.reports.models import Report
from edem.services.reports.queries.charters import CODE
from edem.services.reports.queries.mails import facts_of
from edem.services.reports.queries.people import authors_of, own_report_of, report_told
from edem.services.reports.queries.solved_links import solved_address
from edem.services.reports.queries.watched import topics_over

MINE, FOLLOWED, STAFF = "reports.mine", "reports.followed", "staff"
WIDE = frozenset({"published", "closed"})
"""What matters to all who follow the place or the community; the rest only to those of the report."""


def tell_author(report_id: int, template: str, *, now: datetime, occasion: str, **more: Fact) -> None:
    report = report_told(report_id)
    if report is not None:
        mail = mail_of(report, template, occasion=occasion, more=more)
        send_notices(authors_of(report), mail, community=report.community, now=now)


def tell_everybody(report_id: int, template: str, *, now: datetime, occasion: str, **more: Fact) -> None:
    """Its author, and whoever follows it."""
    report = report_told(report_id)
    if report is None:
        return
    mail = mail_of(report, template, occasion=occasion, more=more)
    for author in authors_of(report):
        send_notices([author], with_question(report, mail, author), community=report.community, now=now)
    tell_followers(
        replace(mail, topic=FOLLOWED), about(report, is_wide=template in WIDE), community=report.community, now=now
    )


def with_question(report: Report, mail: Mail, author: UUID) -> Mail:
    """Its author is asked in the same letter whether it is truly solved; the address answers for them alone.

    The author of a merged report is asked of their own: perhaps another pit was mended.
    """
    own = own_report_of(report, author) if mail.template.endswith("/closed.html") else None
    address = solved_address(own, author, closed_with=report) if own is not None else ""
    return replace(mail, facts={**mail.facts, "solved_address": address})


def tell_staff(
    report: Report, to: Iterable[UUID], template: str, *, now: datetime, occasion: str, **more: Fact
) -> None:
    mail = mail_of(report, template, occasion=occasion, more=more)
    mail = replace(mail, topic=STAFF, path=f"/reports/{report.pk}/case/")
    send_notices(to, mail, community=report.community, now=now)


def mail_of(report: Report, template: str, *, occasion: str, more: dict[str, Fact]) -> Mail:
    return Mail(
        topic=MINE,
        template=f"reports/mail/{template}.html",
        path=f"/reports/{report.pk}/",
        once=f"reports.{template}:{report.pk}:{occasion}",
        facts=facts_of(report) | more,
    )


def about(report: Report, *, is_wide: bool) -> About:
    """Whom news of this report concerns; its author is written to apart."""
    return About(
        service=CODE,
        item=str(report.pk),
        topic=report.category_codes[0] if report.category_codes else "",
        more_topics=topics_over(report) if is_wide else (),
        settlement=report.settlement_code,
        is_wide=is_wide,
        author_id=report.author_id,
    )
