"""Everything that the whole platform holds about one person: identity, letters, discussions and every service."""

from collections.abc import Sequence
from datetime import datetime

from edem.foundation.catalog.registry import manifests
from edem.foundation.discussions.holding import held_by_discussions
from edem.foundation.identity.privacy.holdings import held_by_identity
from edem.foundation.notices.holding import held_by_notices
from edem.foundation.people.held import Held
from edem.foundation.people.models import Person


def everything_held(person: Person, *, now: datetime) -> Sequence[Held]:
    of_services = [held for each in manifests() if each.personal for held in each.personal(person.pk, now)]
    return [*held_by_identity(person), *of_services, *held_by_discussions(person.pk), *held_by_notices(person.pk)]
