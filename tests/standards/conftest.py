"""A community with a petition in every public state, as outside programs find it."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, State
from edem.services.petitions.tests.factories import PetitionFactory, new_signature

DAY = timedelta(days=1)


@pytest.fixture
def community(db: None):  # noqa: ARG001 - it is written there
    now = datetime.now(UTC)
    collecting = PetitionFactory(collecting=True, title="Лавки & «тіні»: <прохання> № 1")
    Petition.objects.filter(pk=collecting.pk).update(published_at=now - DAY, closes_at=now + 30 * DAY)
    collecting.refresh_from_db()
    add_signatures([new_signature(collecting, who=name, arrived_at=now) for name in ("=Ткачук Олена", "Ґжицька Софія")])
    for state in sorted(IN_PUBLIC - {State.COLLECTING}):
        PetitionFactory(
            community=collecting.community,
            collecting=True,
            state=state,
            reached_at=now if state is State.REACHED else None,
            ground=Ground.NO_CONTENT if state is State.REJECTED else "",
            answered_at=now if state in {State.ANSWERED, State.FULFILLED} else None,
            answer="Так." if state in {State.ANSWERED, State.FULFILLED} else "",
        )
    return collecting.community
