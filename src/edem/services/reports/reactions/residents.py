"""Accounts are joined, parted, erased: what was sent and the voices go with their person."""

from edem.foundation.events.readers import reacts_to
from edem.foundation.identity.events import PeopleMerged, PeopleParted, PersonErased
from edem.services.reports.actions.authorship import forget_author, give_back_reports, hand_on_reports
from edem.services.reports.actions.residents_changed import forget_resident, join_residents, part_residents


@reacts_to(PeopleMerged)
def hand_on_what_was_sent(event: PeopleMerged) -> None:
    hand_on_reports(event.merge_id, absorbed_id=event.absorbed_id, kept_id=event.kept_id)


@reacts_to(PeopleParted)
def give_back_what_was_sent(event: PeopleParted) -> None:
    give_back_reports(event.merge_id, absorbed_id=event.absorbed_id, kept_id=event.kept_id)


@reacts_to(PersonErased)
def forget_who_sent(event: PersonErased) -> None:
    forget_author(event.person_id, till=event.erased_at)


@reacts_to(PeopleMerged)
def count_a_voice_once(event: PeopleMerged) -> None:
    join_residents(event.merge_id, absorbed_id=event.absorbed_id, kept_id=event.kept_id)


@reacts_to(PeopleParted)
def count_two_people_s_voices(event: PeopleParted) -> None:
    part_residents(event.merge_id, absorbed_id=event.absorbed_id, kept_id=event.kept_id)


@reacts_to(PersonErased)
def forget_drafts(event: PersonErased) -> None:
    forget_resident(event.person_id, till=event.erased_at)
