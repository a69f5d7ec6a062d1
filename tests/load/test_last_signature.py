"""Two server processes, each bringing the last needed signature at the same moment: one announcement (design §3.3)."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from edem.config.front_door.tests.serving import cloned_database, serving, writing_to
from edem.services.petitions.models import Petition
from edem.services.petitions.tests.factories import PetitionFactory
from tests.load.crowd import ask
from tests.load.ground import sealed_pass

SETTINGS = "edem.config.settings.test"
DOOR = "edem.config.asgi:application"


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), cloned_database("last") as address:
        yield address


def petition_one_short(database: str) -> Petition:
    now = datetime.now(UTC)
    with writing_to(database):
        return PetitionFactory(
            one_signature_short=True, published_at=now - timedelta(days=1), closes_at=now + timedelta(days=9)
        )


def signing(petition: Petition, slug: str) -> bytes:
    """Another resident's request each time, with a sealed pass of their own."""
    sealed = sealed_pass(petition.community_id, name="Ткачук Ольга", now=datetime.now(UTC))
    body = f'{{"petition":{petition.pk},"agree":true}}'
    return (
        f"POST /{slug}/acts/petitions.signature HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Sec-Fetch-Site: same-origin\r\nCookie: edem_pass={sealed}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def test_of_two_processes_that_bring_the_last_signature_one_announces_the_threshold(committed):
    petition = petition_one_short(committed)
    with writing_to(committed):
        slug = petition.community.slug
    requests = [signing(petition, slug) for _ in range(8)]

    async def at_once(*ports):
        return await asyncio.gather(*(ask(ports[n % 2], request) for n, request in enumerate(requests)))

    with (
        serving(committed, application=DOOR, settings=SETTINGS) as one,
        serving(committed, application=DOOR, settings=SETTINGS) as other,
        psycopg.connect(committed) as holder,
        psycopg.connect(committed, autocommit=True) as own,
    ):
        holder.execute("SELECT id FROM petitions_petition FOR UPDATE")

        async def together():
            asking = asyncio.ensure_future(at_once(one.port, other.port))
            await asyncio.to_thread(wait_for_both, own)
            holder.rollback()
            return await asking

        assert asyncio.run(together()) == [200] * 8
        assert own.execute("SELECT count(*) FROM petitions_signature").fetchone() == (8,)
        assert own.execute("SELECT signature_count, state FROM petitions_petition").fetchone() == (8, "reached")
        announced = own.execute("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE %s", ["%Reached%"])
        assert announced.fetchone() == (1,)


def wait_for_both(own: psycopg.Connection) -> None:
    """Until a batch of each process stands before the locked petition."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = datetime.now(UTC) + timedelta(seconds=30)
    while own.execute(waiting).fetchone()[0] < 2:
        assert datetime.now(UTC) < until, "the two processes did not meet"
