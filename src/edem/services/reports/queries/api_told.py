"""A report as outside programs read it: nothing that is not on its public card."""

from collections.abc import Mapping
from datetime import datetime

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.reading import ReportPage, state_now
from edem.services.reports.queries.subjects import path_of


def summary_of(report: Report, community: Community, *, now: datetime) -> dict[str, object]:
    return {
        "id": report.pk,
        "number": report.number,
        "title": report.title,
        "state": state_now(report, now).value,
        "categories": report.category_codes,
        "address": report.address,
        "settlement": report.settlement_code,
        "lat": report.lat,
        "lon": report.lon,
        "organisation": report.organisation.name if report.organisation else "",
        "published_at": report.published_at,
        "accepted_at": report.accepted_at,
        "closed_at": report.closed_at,
        "voices": report.voice_count,
        "url": address_of_page(community, path_of(report)),
    }


def report_told(page: ReportPage) -> dict[str, object]:
    report = page.report
    return {
        **summary_of(report, report.community, now=page.as_of),
        "text": report.text,
        "author": report.author_name,
        "accept_due_at": report.accept_due_at,
        "explain_due_at": report.explain_due_at,
        "is_overdue": page.is_overdue,
        "result": report.result,
        "result_text": report.result_text,
        "result_addressee": report.result_addressee,
        "confirmed": report.confirmed,
        "reopened_count": report.reopened_count,
        "merged_into": page.lead.pk if page.lead else None,
        "chain": [held_told(each) for each in page.chain],
        "answers": [
            {
                "kind": answer.kind,
                "organisation": answer.organisation.name if answer.organisation else "",
                "text": answer.text,
                "at": answer.at,
            }
            for answer in page.answers
        ],
        "steps": [
            {"step": step.step, "from_state": step.from_state, "to_state": step.to_state, "at": step.at}
            for step in page.steps
            if step.public
        ],
        "as_of": page.as_of,
    }


def held_told(held: Assignment) -> Mapping[str, object]:
    return {
        "organisation": held.organisation.name,
        "is_main": held.is_main,
        "since": held.sent_at,
        "until": held.returned_at or held.closed_at,
        "accepted_at": held.accepted_at,
        "return_reason": held.return_reason,
        "passed_to": held.passed_to.name if held.passed_to else "",
    }
