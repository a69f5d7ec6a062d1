"""Letters to the mailboxes of organisations, of the control body and of executors."""

from datetime import datetime

from edem.foundation.events.readers import reacts_to
from edem.foundation.notices.events import OfficialLetterLost
from edem.services.reports.actions.periods import tell_of_period
from edem.services.reports.actions.writing_to_boxes import (
    OFFICIAL,
    note_lost_letter,
    tell_again,
    tell_author_replied,
    tell_executor,
    tell_of_assignment,
    tell_of_silence,
    tell_work_done,
)
from edem.services.reports.events import (
    ExecutorAppointed,
    PeriodReported,
    ReportAnswered,
    ReportAssigned,
    ReportResent,
    TermMissed,
    WorkReported,
)


@reacts_to(ReportAssigned)
def write_to_boxes(event: ReportAssigned, now: datetime) -> None:
    tell_of_assignment(event.assignment_id, now=now)


@reacts_to(ReportResent)
def write_to_box_again(event: ReportResent, now: datetime) -> None:
    tell_again(event.assignment_id, at=event.at, now=now)


@reacts_to(ReportAnswered)
def pass_on_what_the_author_said(event: ReportAnswered, now: datetime) -> None:
    tell_author_replied(event.answer_id, now=now)


@reacts_to(TermMissed)
def name_who_stands_in(event: TermMissed, now: datetime) -> None:
    tell_of_silence(event.report_id, event.assignment_id, clock=event.clock, missed_at=event.due_at, now=now)


@reacts_to(OfficialLetterLost)
def raise_dead_mailbox(event: OfficialLetterLost, now: datetime) -> None:
    if event.topic == OFFICIAL:
        note_lost_letter(
            event.notice_id,
            once=event.once,
            address=event.address,
            status=event.status,
            community_id=event.community_id,
            now=now,
        )


@reacts_to(ExecutorAppointed)
def send_to_executor(event: ExecutorAppointed, now: datetime) -> None:
    tell_executor(event.assignment_id, at=event.at, now=now)


@reacts_to(WorkReported)
def tell_of_work_done(event: WorkReported, now: datetime) -> None:
    tell_work_done(event.work_report_id, now=now)


@reacts_to(PeriodReported)
def tell_of_the_period(event: PeriodReported, now: datetime) -> None:
    tell_of_period(event.period_report_id, now=now)
