"""What discussions do after what happened elsewhere."""

from edem.foundation.discussions.erasing import unname_comments_of
from edem.foundation.discussions.merging import join_comments, part_comments
from edem.foundation.events.readers import reacts_to
from edem.foundation.identity.events import PeopleMerged, PeopleParted, PersonErased


@reacts_to(PersonErased)
def take_the_name_off_comments(event: PersonErased) -> None:
    unname_comments_of(event.person_id, till=event.erased_at)


@reacts_to(PeopleMerged)
def answer_for_both(event: PeopleMerged) -> None:
    join_comments(event.merge_id, kept_id=event.kept_id, absorbed_id=event.absorbed_id)


@reacts_to(PeopleParted)
def answer_apart(event: PeopleParted) -> None:
    part_comments(event.merge_id, absorbed_id=event.absorbed_id)
