"""Letters go out right after the commit that queued them."""

from datetime import datetime

from edem.foundation.events import at_its_moment, reacts_to
from edem.foundation.identity.events import (
    ContactCodeAsked,
    ContactConfirmed,
    ContactRemoved,
    CorrectionAsked,
    CorrectionDecided,
    PeopleMerged,
    PeopleParted,
    PersonErased,
    ProposalMade,
)
from edem.foundation.notices.account import tell_of_correction, tell_of_late_correction, tell_second_officers
from edem.foundation.notices.contacts import send_code, tell_former_address, tell_removed_address
from edem.foundation.notices.erasing import erase_notices_of
from edem.foundation.notices.events import MessagesQueued, NoticesQueued
from edem.foundation.notices.mailing import send_queued
from edem.foundation.notices.merging import join_followings, part_followings
from edem.foundation.notices.messaging import send_messages


@reacts_to(NoticesQueued)
def send_what_was_queued(now: datetime) -> None:
    send_queued(now=now)


@reacts_to(MessagesQueued)
def send_queued_messages(now: datetime) -> None:
    send_messages(now=now)


@reacts_to(PersonErased)
def forget_what_was_told(event: PersonErased) -> None:
    erase_notices_of(event.person_id, till=event.erased_at)


@reacts_to(PeopleMerged)
def follow_as_one(event: PeopleMerged) -> None:
    join_followings(event.merge_id, kept_id=event.kept_id, absorbed_id=event.absorbed_id)


@reacts_to(PeopleParted)
def follow_apart(event: PeopleParted) -> None:
    part_followings(event.merge_id, absorbed_id=event.absorbed_id)


@reacts_to(CorrectionDecided)
def tell_what_was_decided(event: CorrectionDecided, now: datetime) -> None:
    tell_of_correction(event.correction_id, person_id=event.person_id, community_id=event.community_id, now=now)


@at_its_moment(CorrectionAsked, moment="due_at")
def tell_that_the_term_is_over(event: CorrectionAsked, now: datetime) -> None:
    tell_of_late_correction(event.correction_id, community_id=event.community_id, now=now)


@reacts_to(ProposalMade)
def tell_who_may_decide(event: ProposalMade, now: datetime) -> None:
    tell_second_officers(event.proposal_id, community_id=event.community_id, now=now)


@reacts_to(ContactCodeAsked)
def send_the_code(event: ContactCodeAsked, now: datetime) -> None:
    send_code(event, now=now)


@reacts_to(ContactConfirmed)
def tell_the_former_address(event: ContactConfirmed, now: datetime) -> None:
    tell_former_address(event, now=now)


@reacts_to(ContactRemoved)
def tell_the_removed_address(event: ContactRemoved, now: datetime) -> None:
    tell_removed_address(event, now=now)
