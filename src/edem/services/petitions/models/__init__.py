"""The tables of petitions."""

from edem.services.petitions.models.attachments import Attachment
from edem.services.petitions.models.exclusions import Exclusion, ExclusionStep
from edem.services.petitions.models.exports import Export
from edem.services.petitions.models.figures import FigurePart, FiguresKept
from edem.services.petitions.models.fulfilment import Evidence, PlanChange, PlanStage
from edem.services.petitions.models.hearings import Hearing, HearingChange
from edem.services.petitions.models.hiding import TextHiding
from edem.services.petitions.models.kep import KepEvidence, KepProof, KepText
from edem.services.petitions.models.merging import MergeTrace
from edem.services.petitions.models.paper import PaperRow, PaperSheet
from edem.services.petitions.models.petition import NumberSeries, Petition, PetitionStep
from edem.services.petitions.models.retention import Erasure
from edem.services.petitions.models.signatures import WITHDRAWN, Signature, SignatureRemoval, SignatureTally
from edem.services.petitions.models.updates import PetitionEdition, PetitionUpdate, Told

__all__ = [
    "WITHDRAWN",
    "Attachment",
    "Erasure",
    "Evidence",
    "Exclusion",
    "ExclusionStep",
    "Export",
    "FigurePart",
    "FiguresKept",
    "Hearing",
    "HearingChange",
    "KepEvidence",
    "KepProof",
    "KepText",
    "MergeTrace",
    "NumberSeries",
    "PaperRow",
    "PaperSheet",
    "Petition",
    "PetitionEdition",
    "PetitionStep",
    "PetitionUpdate",
    "PlanChange",
    "PlanStage",
    "Signature",
    "SignatureRemoval",
    "SignatureTally",
    "TextHiding",
    "Told",
]
