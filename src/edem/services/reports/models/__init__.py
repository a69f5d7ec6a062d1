"""The tables of problem reports."""

from edem.services.reports.models.areas import WatchedArea
from edem.services.reports.models.cabinet import (
    AnswerFile,
    AnswerTemplate,
    LostLetter,
    MailedAnswer,
    TaskLink,
    TaskSending,
    WorkReport,
)
from edem.services.reports.models.categories import Category
from edem.services.reports.models.chain import Assignment, MatrixRule, MatrixTarget
from edem.services.reports.models.counted import CellCount, CellRound
from edem.services.reports.models.drafts import DraftShot, HelpingHand, PhotoBlur, ReportDraft, SelfHelp
from edem.services.reports.models.imports import ReportImport
from edem.services.reports.models.merging import MergedReport, MergedVoice
from edem.services.reports.models.parcels import Parcel
from edem.services.reports.models.periods import PeriodReport
from edem.services.reports.models.photos import Photo
from edem.services.reports.models.receivers import Forwarding, LandedUpdate, Receiver
from edem.services.reports.models.report import Report, ReportCategory, ReportEdition, ReportNumbers, ReportStep
from edem.services.reports.models.talk import Answer, InternalNote
from edem.services.reports.models.twins import LikelyTwin
from edem.services.reports.models.voices import Incident, Joining, Voice

__all__ = [
    "Answer",
    "AnswerFile",
    "AnswerTemplate",
    "Assignment",
    "Category",
    "CellCount",
    "CellRound",
    "DraftShot",
    "Forwarding",
    "HelpingHand",
    "Incident",
    "InternalNote",
    "Joining",
    "LandedUpdate",
    "LikelyTwin",
    "LostLetter",
    "MailedAnswer",
    "MatrixRule",
    "MatrixTarget",
    "MergedReport",
    "MergedVoice",
    "Parcel",
    "PeriodReport",
    "Photo",
    "PhotoBlur",
    "Receiver",
    "Report",
    "ReportCategory",
    "ReportDraft",
    "ReportEdition",
    "ReportImport",
    "ReportNumbers",
    "ReportStep",
    "SelfHelp",
    "TaskLink",
    "TaskSending",
    "Voice",
    "WatchedArea",
    "WorkReport",
]
