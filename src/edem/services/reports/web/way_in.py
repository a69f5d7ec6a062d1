"""How the sender has signed in: the charter may ask for more than a password."""

from edem.foundation.identity.passes import pass_of
from edem.foundation.people.models import Person
from edem.foundation.people.requests import CommunityRequest


def way_of_sign_in(request: CommunityRequest, person: Person) -> str:
    return pass_of(person, session_key=request.session.session_key or "", now=request.now).method
