"""What is found, shown together or carried along when a report changes."""

from datetime import datetime

from edem.foundation.events.readers import reacts_to
from edem.services.reports.actions.finding_twins import find_twins
from edem.services.reports.actions.following import follow_lead
from edem.services.reports.actions.indexing import index_report
from edem.services.reports.actions.parting import part_from_taken_out
from edem.services.reports.events import ReportEdited, ReportMoved, ReportPublished, ReportsMerged, ReportsParted
from edem.services.reports.rules.lifecycle import Step


@reacts_to(ReportPublished)
def let_it_be_found(event: ReportPublished) -> None:
    index_report(event.report_id)


@reacts_to(ReportMoved)
def find_it_in_its_state(event: ReportMoved) -> None:
    if event.step != Step.PUBLISH:
        index_report(event.report_id)


@reacts_to(ReportEdited)
def find_it_by_its_new_words(event: ReportEdited) -> None:
    index_report(event.report_id)


@reacts_to(ReportPublished)
def flag_what_is_perhaps_known(event: ReportPublished, now: datetime) -> None:
    find_twins(event.report_id, now=now)


@reacts_to(ReportMoved)
def take_along_those_that_follow(event: ReportMoved, now: datetime) -> None:
    if event.step == Step.REJECT:
        part_from_taken_out(event.report_id, now=now)
        return
    for moved in follow_lead(event.report_id, now=now):
        index_report(moved)


@reacts_to(ReportsMerged)
def find_what_was_merged(event: ReportsMerged) -> None:
    index_report(event.report_id)


@reacts_to(ReportsParted)
def find_what_was_parted(event: ReportsParted) -> None:
    index_report(event.report_id)
