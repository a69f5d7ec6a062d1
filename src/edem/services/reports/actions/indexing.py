"""Puts a report where it can be found, and takes it away; lists and cards are shown anew."""

from django.db import transaction

from edem.foundation.search.indexing import SearchDocument, forget_document, index_document
from edem.services.reports.actions.stepping import show_anew
from edem.services.reports.models import Report
from edem.services.reports.queries.charters import CODE
from edem.services.reports.rules.lifecycle import ON_THE_MAP, State


@transaction.atomic(durable=True)
def index_report(report_id: int) -> None:
    report = Report.objects.filter(pk=report_id).order_by("pk").first()
    if report is None:
        return
    if State(report.state) in ON_THE_MAP:
        index_document(document_of(report))
    else:
        forget_document(service=CODE, kind="report", subject_id=str(report.pk))
    show_anew(report)


def document_of(report: Report) -> SearchDocument:
    return SearchDocument(
        community_id=report.community_id,
        service=CODE,
        kind="report",
        subject_id=str(report.pk),
        title=report.title,
        summary="\n".join(each for each in (as_sentence(report.address), report.text) if each),
        url=f"/reports/{report.pk}/",
        state=report.state,
        at=report.published_at or report.submitted_at,
        public=True,
    )


def as_sentence(address: str) -> str:
    """A result runs the address and the words together: a full stop keeps them apart."""
    return address if not address or address.endswith((".", "!", "?", "…")) else f"{address}."
