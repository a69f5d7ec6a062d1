"""PostgreSQL killed, gone, locked: nothing acknowledged is lost, everybody hears a sentence, all comes back by itself."""

import asyncio
import re
from collections.abc import Iterator

import pytest

from tests.load import ground
from tests.load.crowd import ask_all
from tests.load.faults.asking import assert_kind, assert_told_all_the_time, counts_heard, sign
from tests.load.faults.books import agree, books
from tests.load.faults.crowds import signing_until
from tests.load.faults.house import platform, prepared
from tests.load.faults.servers import Server, own_server
from tests.load.faults.waiting import until
from tests.load.signatures import signatures

pytestmark = [pytest.mark.full, pytest.mark.django_db]

PEOPLE = 1_200


@pytest.fixture
def server(db) -> Iterator[Server]:
    with own_server() as made:
        yield made


def test_postgresql_killed_in_the_middle_of_signing_loses_nothing_and_is_found_again(server):
    people = prepared(server.address, people=PEOPLE, petitions=3)
    with platform(server.address, workers=2) as door:
        requests = signatures(door.port, people.petitions, people.passes)
        answers = asyncio.run(signing_until(door.port, requests, enough=600, then=server.kill))
        assert set(answers) <= {200, 503, None}
        assert 503 in answers

        server.start()
        with server.asked() as own:
            agree(own, answers, at_most_unheard=len(answers) - answers.count(200))
            unheard = [request for request, answer in zip(requests, answers, strict=True) if answer != 200]
            again = asyncio.run(ask_all(door.port, unheard[:500]))
            assert set(again) <= {200, 409}, "the same processes go on, without a restart"
            rows = books(own).rows
            assert books(own).agree_on(rows)


def test_a_database_that_is_gone_for_a_while_is_said_kindly_and_comes_back_by_itself(server):
    people = prepared(server.address, people=3)
    card = f"/{ground.SLUG}/petitions/{people.petitions[0]}/"
    petition, (first, second, third) = people.petitions[0], people.passes
    with platform(server.address) as door, door.client() as visitor, counts_heard(door, petition) as heard:
        assert visitor.get(card).status_code == 200
        assert sign(visitor, petition, first).status_code == 200
        until(lambda: 1 in heard, "the open page shows the first signature")

        server.stop()
        assert_told_all_the_time(visitor, card)
        assert_kind(visitor.get(f"/{ground.SLUG}/petitions/?page=2"))
        assert_kind(visitor.get("/"))
        assert 'lang="en"' in visitor.get("/", headers={"Cookie": "django_language=en"}).text
        assert_kind(program := visitor.get(f"/{ground.SLUG}/api/v1/petitions/"))
        assert program.headers["Content-Type"].startswith("application/json")
        refused = sign(visitor, petition, second)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
        assert "Нічого не втрачено" in refused.json()["message"]
        assert visitor.get("/static/ui/core.css").status_code == 200, "a page without its style is not kind"

        server.start()
        assert sign(visitor, petition, second).status_code == 200
        until(lambda: visitor.get("/").status_code == 200, "pages are made again")
        until(lambda: 2 in heard, "the same open page goes on counting")
        assert sign(visitor, petition, third).status_code == 200
        until(lambda: 3 in heard, "and hears of the next")
        with server.asked() as own:
            assert books(own).agree_on(3)


def test_what_was_typed_while_the_database_is_gone_can_be_sent_again(server):
    prepared(server.address, people=0)
    typed = {"title": "Освітити «стежку»", "essence": "Два рядки:\n<script>тут</script> темно.", "then": "save"}
    with platform(server.address) as door, door.client() as visitor:
        token = re.search('csrfmiddlewaretoken" value="([^"]+)', visitor.get("/staff/sign-in/").text)[1]
        server.stop()
        answer = visitor.post(f"/{ground.SLUG}/petitions/start/", data=typed)
        assert_kind(answer)
        assert "Освітити «стежку»" in answer.text
        assert "\nДва рядки:\n&lt;script&gt;тут&lt;/script&gt; темно.</textarea>" in answer.text
        secret = visitor.post(
            "/staff/sign-in/", data={"csrfmiddlewaretoken": token, "login": "olena", "password": "таємниця"}
        )
        assert_kind(secret)
        assert "таємниця" not in secret.text


def test_a_server_that_starts_while_the_database_is_away_opens_and_waits_for_it(server):
    people = prepared(server.address, people=1)
    server.stop()
    with platform(server.address) as door, door.client() as visitor:
        assert_kind(visitor.get(f"/{ground.SLUG}/petitions/"))
        server.start()
        until(lambda: visitor.get(f"/{ground.SLUG}/petitions/").status_code == 200, "the list is shown")
        assert sign(visitor, people.petitions[0], people.passes[0]).status_code == 200


def test_a_petition_held_by_somebodys_lock_keeps_nobody_hanging(server):
    people = prepared(server.address, people=2)
    card = f"/{ground.SLUG}/petitions/{people.petitions[0]}/"
    with platform(server.address) as door, door.client() as visitor, server.asked() as holder:
        holder.autocommit = False
        holder.execute("SELECT id FROM petitions_petition FOR UPDATE")
        refused = sign(visitor, people.petitions[0], people.passes[0])
        assert refused.status_code == 503
        assert "багато запитів" in refused.json()["message"]
        assert visitor.get(card).status_code == 200, "reading waits for no lock"
        holder.rollback()
        assert sign(visitor, people.petitions[0], people.passes[0]).status_code == 200
        holder.autocommit = True
        assert books(holder).agree_on(1)
