"""The worker killed with a job and with a letter in its hands, and the database taken away from it."""
# ruff: noqa: N802 - aiosmtpd calls its hooks by these names

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from edem.foundation.communities.models import Community
from edem.foundation.notices.actions import Mail, send_notices
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, listening
from tests.load.faults.house import a_worker, prepared, writing_on
from tests.load.faults.post import Watching
from tests.load.faults.servers import Server, kill_at_once, own_server
from tests.load.faults.waiting import until

pytestmark = [pytest.mark.full, pytest.mark.django_db]

LETTERS = 6
FACTS = {"title": "Освітити стежку", "percent": 50, "count": 125, "required": 250, "left": 125}


@pytest.fixture
def server(db) -> Iterator[Server]:
    with own_server() as made:
        prepared(made.address, people=0)
        yield made


def write_letters(database: str, *, number: int = LETTERS, occasion: str = "half") -> None:
    with writing_on(database):
        people = [person_with(f"{occasion}{each}@example.com") for each in range(number)]
        mail = Mail(
            topic="petitions.mine", template="petitions/mail/milestone.html", path="/petitions/1/",
            once=f"faults:{occasion}", facts=FACTS,
        )  # fmt: skip
        community = Community.objects.get()
        send_notices([person.pk for person in people], mail, community=community, now=datetime.now(UTC))


def states(own: psycopg.Connection) -> list[str]:
    return [state for (state,) in own.execute("SELECT state FROM notices_notice ORDER BY state").fetchall()]


def let_minutes_pass(own: psycopg.Connection) -> None:
    """As if a quarter of an hour had gone by: who was silent is dead, what was in hand is lost, the clock has struck."""
    own.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '20 minutes'")
    own.execute("UPDATE notices_notice SET claimed_at = claimed_at - interval '20 minutes'")
    own.execute("DELETE FROM procrastinate_periodic_defers")
    own.execute("DELETE FROM events_round")


def test_a_worker_killed_while_it_hands_a_letter_over_sends_no_letter_twice(server):
    with server.asked() as own, listening(watching := Watching(server.address)) as smtp:
        with a_worker(server.address, EDEM_SMTP_URL=smtp) as worker:
            watching.then = lambda: kill_at_once(worker.pid)
            write_letters(server.address)
            until(lambda: worker.poll() is not None, "the worker is killed in the middle of a letter")
        in_hand = states(own).count("sending")
        assert in_hand in {1, 2}, "at most what its jobs were just handing over"
        assert states(own).count("queued") == LETTERS - in_hand

        let_minutes_pass(own)
        with a_worker(server.address, EDEM_SMTP_URL=smtp):
            left = sorted([*["sent"] * (LETTERS - in_hand), *["unknown"] * in_hand])
            until(lambda: states(own) == left, "the others are sent, and of those in hand nobody knows")
            until(lambda: not stuck(own), "no job is left stuck")
        assert set(watching.states) == {"sending"}, "whoever asked at DATA saw it marked"
        assert len(set(watching.names)) == len(watching.names), "each letter has its own name, and none came twice"


def stuck(own: psycopg.Connection) -> list[tuple[object, ...]]:
    question = "SELECT task_name, args FROM procrastinate_jobs WHERE status = 'doing' AND worker_id IS NULL"
    return own.execute(question).fetchall()


def test_a_letter_keeps_its_name_when_it_must_be_tried_again(server):
    with server.asked() as own, listening(trying := Trying(server.address)) as smtp:
        write_letters(server.address, number=1)
        with a_worker(server.address, EDEM_SMTP_URL=smtp):
            until(lambda: states(own) == ["queued"] and trying.names, "the server asks to come later")
            own.execute("UPDATE notices_notice SET not_before = now()")
            own.execute("DELETE FROM events_round")
            own.execute("DELETE FROM procrastinate_periodic_defers")
        with a_worker(server.address, EDEM_SMTP_URL=smtp):
            until(lambda: states(own) == ["sent"], "it is sent")
    assert trying.names == [trying.names[0]] * 2


class Trying(Watching):
    """Asks to come later, once."""

    async def handle_DATA(self, server, session, envelope):
        taken = await super().handle_DATA(server, session, envelope)
        return "451 later, please" if len(self.names) == 1 else taken


def test_the_database_is_away_and_the_worker_goes_on_when_it_is_back(server):
    with listening(Accepting()) as smtp, a_worker(server.address, EDEM_SMTP_URL=smtp) as worker:
        write_letters(server.address, occasion="before")
        with server.asked() as own:
            until(lambda: states(own) == ["sent"] * LETTERS, "the worker works")
        server.stop()
        until(lambda: worker.words().count("lost the database") > 1, "the worker has noticed, and tried again")
        server.start()
        write_letters(server.address, occasion="after")
        with server.asked() as own:
            until(lambda: states(own) == ["sent"] * LETTERS * 2, "the same worker goes on")
        assert worker.poll() is None


def test_two_workers_of_which_one_is_killed_do_every_job_once(server):
    with server.asked() as own, listening(watching := Watching(server.address)) as smtp:
        with a_worker(server.address, EDEM_SMTP_URL=smtp) as one, a_worker(server.address, EDEM_SMTP_URL=smtp):
            watching.then = lambda: kill_at_once(one.pid)
            write_letters(server.address, number=20)
            until(lambda: one.poll() is not None, "one of them is killed")
            until(lambda: "queued" not in states(own), "the other empties the queue")
        known = states(own)
    assert known.count("sent") + known.count("sending") == 20
    assert len(set(watching.names)) == len(watching.names)
