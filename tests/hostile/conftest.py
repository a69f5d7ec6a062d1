"""Two whole sample communities, written once: what belongs to one is asked for from the other."""

from datetime import UTC, datetime

import pytest

from edem.config.sample.generating import make_sample
from edem.config.sample.seeding.seed import insert
from edem.foundation.communities.models import Community
from edem.foundation.identity.models import MembershipFact
from edem.foundation.identity.privacy.correcting import ask_correction
from edem.kernel.ukraine import UKRAINE


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker):  # noqa: ARG001 - the database must be there
    """Written once for a module, and taken away after it."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True  # the platform's own actions stay durable inside it
        atomic.__enter__()
        now = datetime.now(UTC)
        insert(make_sample(now, calendar=UKRAINE), now=now, say=lambda _: None)
        member = MembershipFact.objects.filter(community__slug="vyshnevohirsk").order_by("pk")[0]
        ask_correction(member.person, ["last_name"], "Інша літера", community_id=member.community_id, now=now)
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def towns(seeded: None, db: None) -> tuple[Community, Community]:  # noqa: ARG001 - their order matters
    """The rich one and its neighbour."""
    rich, neighbour = Community.objects.order_by("pk")[:2]
    assert rich.slug == "vyshnevohirsk"
    return rich, neighbour
