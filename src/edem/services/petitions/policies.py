"""Who may do what with a petition, by the lifecycle's table and the roles people hold."""

from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.kernel.lifecycle import AUTHOR, Transition
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, LIFECYCLE, State, Step

STAFF_READS = frozenset({"moderator", "officer", "mayor", "control_body", "auditor", "community_admin"})


def actors_of(person: Person | None, petition: Petition) -> frozenset[str]:
    """In which capacities a person meets this petition."""
    if person is None:
        return frozenset()
    own = {AUTHOR} if petition.author_id == person.pk else set()
    return roles_of(person.pk, petition.community_id) | own


def may_read(person: Person | None, petition: Petition) -> bool:
    """A draft is its author's; what waits for the moderator is the staff's too; the rest is everybody's."""
    if State(petition.state) in IN_PUBLIC:
        return True
    actors = actors_of(person, petition)
    return AUTHOR in actors or (petition.state != State.DRAFT and not STAFF_READS.isdisjoint(actors))


def steps_open_to(person: Person | None, petition: Petition) -> tuple[Transition[State, Step], ...]:
    return LIFECYCLE.steps_from(State(petition.state), actors_of(person, petition))
