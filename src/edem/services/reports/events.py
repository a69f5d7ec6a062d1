"""What happened to problem reports, as facts that others may read. They carry no text and no names."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edem.foundation.events.facts import event


@event
@dataclass(frozen=True, kw_only=True)
class ReportSent:
    """A report came in; it may still wait for a moderator."""

    report_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ReportPublished:
    """Everybody can read it, and the organisations of the matrix have it."""

    report_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ReportMoved:
    """The state changed; `actor` says in which capacity: a role, «author» or «clock»."""

    report_id: int
    step: str
    from_state: str
    to_state: str
    actor: str
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ReportAssigned:
    """An organisation got the report: by the matrix, from another organisation, or from the control body."""

    report_id: int
    assignment_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ReportPassed:
    """An organisation said it is not its own: with a reason, and to whom it goes if it knows."""

    report_id: int
    assignment_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ReportAnswered:
    """Somebody wrote on the card: an answer, a question to the author, a reply, an explanation."""

    report_id: int
    answer_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ReportConfirmed:
    """The author said whether it is truly solved."""

    report_id: int
    is_solved: bool


@event
@dataclass(frozen=True, kw_only=True)
class TermMissed:
    """A term ended unmet: the control body has warned, the organisation gets the report a second time."""

    report_id: int
    clock: str
    assignment_id: int
    """Whose own term it is; nought for a term of the report, which concerns all who hold it."""
    warning_id: int
    """The control body's warning on the card."""
    due_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class TermNear:
    """A term ends soon and nothing is done: those who hold the report are reminded."""

    report_id: int
    clock: str
    assignment_id: int
    due_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ReportResent:
    """A moderator sent it to its organisation a second time (§4.3)."""

    report_id: int
    assignment_id: int
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class PeriodReported:
    """The report of a week or a month was made and published."""

    period_report_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ReportJoined:
    """One more organisation accepted it, or the same one what was opened again; the state stays."""

    report_id: int
    assignment_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ForwardingRefused:
    """The organisation's own server does not want the report as it is: it waits for a person."""

    report_id: int
    assignment_id: int
    forwarding_id: int
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ReportsMerged:
    """A moderator put a report to another one of the same thing."""

    report_id: int
    lead_id: int
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ReportsParted:
    """They are two things after all: the report goes its own way again."""

    report_id: int
    lead_id: int
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ReportEdited:
    """A moderator changed its words."""

    report_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ReportRecategorised:
    """A moderator or the control body put it under another category: the card says what it was and why."""

    report_id: int
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ExecutorAppointed:
    """The head of an organisation said who does the work."""

    report_id: int
    assignment_id: int
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class WorkReported:
    """The executor says that it is done: the head, the worker and the control body hear of it (§4.5)."""

    report_id: int
    work_report_id: int


@event
@dataclass(frozen=True, kw_only=True)
class SelfHelpMoved:
    """Neighbours «proposed», the moderator «agreed» or «declined», the neighbours have «done» it."""

    report_id: int
    what: str
    at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ImportAsked:
    """A long file of reports is to be carried over while nobody waits for it."""

    import_id: int
    person_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PhotoArrived:
    """A photo lies sealed as it came and is to be drawn anew."""

    file_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PhotoReady:
    """A photo of a report that was sent before it was drawn can be shown now."""

    report_id: int


@event
@dataclass(frozen=True, kw_only=True)
class PhotoSpoiled:
    """A photo of a sent report could not be opened: its author is told."""

    report_id: int
    file_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ParcelsArrived:
    """Reports were acknowledged together and are still to be made."""

    came_with: UUID
