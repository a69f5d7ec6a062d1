"""In which capacities a person meets a petition: the roles held in its community, and authorship."""

from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.kernel.lifecycle import AUTHOR
from edem.services.petitions.models import Petition


def actors_of(person: Person | None, petition: Petition) -> frozenset[str]:
    if person is None:
        return frozenset()
    own = {AUTHOR} if petition.author_id == person.pk else set()
    return roles_of(person.pk, petition.community_id) | own
