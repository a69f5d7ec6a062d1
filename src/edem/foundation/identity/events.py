"""Facts about accounts that services hear of. Numbers only: nobody is named."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edem.foundation.events.facts import event


@event
@dataclass(frozen=True)
class PeopleMerged:
    """Two accounts are one person from now on: what is counted once per person is counted once."""

    merge_id: int
    kept_id: UUID
    absorbed_id: UUID
    proposed_by: UUID
    confirmed_by: UUID


@event
@dataclass(frozen=True)
class PeopleParted:
    """The merge was a mistake: they are two again."""

    merge_id: int
    kept_id: UUID
    absorbed_id: UUID
    proposed_by: UUID
    confirmed_by: UUID


@event
@dataclass(frozen=True)
class ProposalMade:
    """One officer asks for something that another one has to decide."""

    proposal_id: UUID
    community_id: int


@event
@dataclass(frozen=True)
class AddressWanted:
    """A sign-in brought no address; the register may know it."""

    person_id: UUID
    community_id: int


@event
@dataclass(frozen=True)
class PersonErased:
    """A consent is withdrawn: whatever else was held only by it till that moment goes too."""

    person_id: UUID
    erased_at: datetime


@event
@dataclass(frozen=True)
class CorrectionAsked:
    """Somebody asks to correct what is held of them; the council has until `due_at`."""

    correction_id: UUID
    community_id: int
    due_at: datetime


@event
@dataclass(frozen=True)
class CorrectionDecided:
    correction_id: UUID
    community_id: int
    person_id: UUID
    is_corrected: bool


@event
@dataclass(frozen=True)
class ContactCodeAsked:
    """A code goes to an address that is not confirmed yet. No address is in the fact: the letter asks for it itself."""

    contact_id: UUID
    person_id: UUID
    community_id: int
    kind: str


@event
@dataclass(frozen=True)
class ContactConfirmed:
    contact_id: UUID
    person_id: UUID
    community_id: int
    kind: str
    former_id: UUID | None
    """The address that it replaces, if the person had confirmed one."""


@event
@dataclass(frozen=True)
class ContactRemoved:
    contact_id: UUID
    person_id: UUID
    community_id: int
    kind: str
