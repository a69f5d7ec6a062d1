"""The conversation under a report, where its charter allows one."""

from edem.foundation.discussions.rules import Thread
from edem.services.reports.charter import Moderation
from edem.services.reports.models import Report
from edem.services.reports.queries.charters import CODE, charter_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.queries.withheld import hides_text
from edem.services.reports.rules.lifecycle import ON_THE_MAP, State


def thread_of(report: Report) -> Thread | None:
    """None where people do not talk: no charter's leave, nothing public to talk of, words that were taken out."""
    charter, state = charter_of(report), State(report.state)
    if not charter.comments or state not in ON_THE_MAP or report.published_at is None or hides_text(report):
        return None
    return Thread(
        community_id=report.community_id,
        service=CODE,
        kind="report",
        subject_id=str(report.pk),
        title=report.title,
        path=path_of(report),
        kept_tag=f"report:{report.pk}",
        is_open=state is not State.ARCHIVED,
        is_read_first=charter.comments_moderation is Moderation.BEFORE,
        is_for_members=not charter.comments_open,
    )
