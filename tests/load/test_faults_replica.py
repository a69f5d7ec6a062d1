"""The primary is lost and its standby promoted: what was acknowledged is there, and the platform finds its way itself."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.load.crowd import ask_all
from tests.load.faults.asking import sign
from tests.load.faults.books import agree, books
from tests.load.faults.crowds import signing_until
from tests.load.faults.house import platform, prepared
from tests.load.faults.servers import Server, both_of, own_server, standby_of
from tests.load.faults.waiting import until
from tests.load.signatures import signatures

pytestmark = [pytest.mark.full, pytest.mark.django_db]


@pytest.fixture
def pair(db) -> Iterator[tuple[Server, Server]]:
    with own_server() as primary, standby_of(primary) as standby:
        yield primary, standby


def test_a_promoted_standby_has_every_acknowledged_signature_and_is_found_without_a_restart(pair):
    primary, standby = pair
    people = prepared(primary.address, people=400, petitions=3)
    with platform(both_of(primary, standby), workers=2) as door, door.client() as visitor:
        requests = signatures(door.port, people.petitions, people.passes)
        answers = asyncio.run(signing_until(door.port, requests, enough=300, then=primary.kill))
        assert set(answers) <= {200, 503, None}

        standby.promote()
        standby.set(synchronous_standby_names="")
        unheard = [request for request, answer in zip(requests, answers, strict=True) if answer != 200]
        with standby.asked() as own:
            agree(own, answers, at_most_unheard=len(unheard))
            assert set(asyncio.run(ask_all(door.port, unheard[:300]))) <= {200, 409}
            until(lambda: visitor.get("/").status_code == 200, "pages are made from the new primary")
            assert books(own).agree_on(books(own).rows)


def test_a_commit_that_the_standby_has_not_got_is_never_acknowledged(pair):
    """The wait for a dead standby ends by the web's own limit; PostgreSQL calls such a commit a success, we do not."""
    primary, standby = pair
    people = prepared(primary.address, people=2)
    petition, (first, second) = people.petitions[0], people.passes
    with platform(primary.address) as door, door.client() as visitor:
        assert sign(visitor, petition, first).status_code == 200
        standby.kill()
        with primary.asked() as own:
            cut_short = asyncio.run(signed_while_the_wait_is_cut_short(visitor, petition, second, own))
        assert cut_short.status_code == 503
        assert "Нічого не втрачено" in cut_short.json()["message"]

        primary.set(synchronous_standby_names="")
        assert sign(visitor, petition, second).status_code == 409, "asked again, it says what is so"


async def signed_while_the_wait_is_cut_short(visitor, petition, sealed, own):
    signing = asyncio.ensure_future(asyncio.to_thread(sign, visitor, petition, sealed))
    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    await asyncio.to_thread(until, lambda: own.execute(waiting).fetchall(), "the commit waits for the standby")
    own.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
    return await signing
