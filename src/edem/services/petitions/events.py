"""What happened to petitions, as facts that others may read. They carry no text and no names."""

from dataclasses import dataclass
from datetime import datetime

from edem.foundation.events.facts import event


@event
@dataclass(frozen=True, kw_only=True)
class PetitionSubmitted:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class PetitionReturned:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class PetitionRejected:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class PetitionPublished:
    petition_id: int
    closes_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class PetitionWithdrawn:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class MilestonePassed:
    petition_id: int
    percent: int


@event
@dataclass(frozen=True, kw_only=True)
class PetitionReached:
    """The threshold: announced once, by whichever batch brought the last needed signature."""

    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class PetitionHandedOver:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ConsiderationAnnounced:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class PetitionFellShort:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class PetitionAnswered:
    petition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class FulfilmentMoved:
    petition_id: int
    state: str


@event
@dataclass(frozen=True, kw_only=True)
class ClockStarted:
    """A term runs: someone is reminded at `warn_at`, and the control body is told at `due_at`."""

    petition_id: int
    state: str
    warn_at: datetime
    due_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class PlanStageMoved:
    """A stage of the plan was done, dropped, moved, changed or opened again."""

    petition_id: int
    stage_id: int
    change_id: int


@event
@dataclass(frozen=True, kw_only=True)
class StageClockStarted:
    """A stage has a date: whoever keeps the plan is reminded at `warn_at`, the control body is told at `due_at`."""

    stage_id: int
    warn_at: datetime
    due_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class HearingChanged:
    """A hearing was appointed, moved, cancelled, held or declined."""

    petition_id: int
    hearing_id: int
    change_id: int


@event
@dataclass(frozen=True, kw_only=True)
class TextSubmitted:
    """The author of a published petition wrote news or a correction («update», «edition») for a moderator to read."""

    petition_id: int
    kind: str
    text_id: int


@event
@dataclass(frozen=True, kw_only=True)
class TextRefused:
    petition_id: int
    kind: str
    text_id: int


@event
@dataclass(frozen=True, kw_only=True)
class TextHidden:
    """A moderator has taken the published text down."""

    petition_id: int
    hidden_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class TextShown:
    petition_id: int
    shown_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class UpdatePublished:
    petition_id: int
    update_id: int


@event
@dataclass(frozen=True, kw_only=True)
class CorrectionTaken:
    petition_id: int
    edition_id: int


@event
@dataclass(frozen=True, kw_only=True)
class SheetHandedOver:
    """A sheet of paper signatures waits for the clerk who confirms it."""

    sheet_id: int
    handed_over_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ExclusionProposed:
    """Signatures are to be excluded, or to come back: a second person is asked."""

    petition_id: int
    exclusion_id: int
    proposed_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class SignaturesExcluded:
    petition_id: int
    exclusion_id: int


@event
@dataclass(frozen=True, kw_only=True)
class SignaturesReturned:
    petition_id: int
    exclusion_id: int


@event
@dataclass(frozen=True, kw_only=True)
class ShortfallDecided:
    """An officer said what follows for a petition that exclusions took below its threshold."""

    petition_id: int
    step: str
    decided_at: datetime


@event
@dataclass(frozen=True, kw_only=True)
class ExportAsked:
    """A file that is too long to wait for."""

    export_id: int
