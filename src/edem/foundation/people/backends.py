"""How a session's person is found again; everything about passwords is allauth's."""

from typing import Any, Final
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from edem.foundation.people.models import Person
from edem.foundation.single_rows import SingleRow

_PERSON: Final = SingleRow(Person, "id = %s")


class PeopleBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth says no types
    def get_user(self, user_id: Any) -> Person | None:
        person = _PERSON.find(UUID(str(user_id)))
        return person if person is not None and self.user_can_authenticate(person) else None
