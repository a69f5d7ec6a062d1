"""«Вийти всюди» in one server process ends everything in another within a second, even if that one was not listening."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from time import monotonic

import httpx
import psycopg
import pytest
from django.conf import settings

from edem.config.front_door.tests.serving import Served, cloned_database, serving
from edem.config.testing.clients import PlatformClient
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.models import RevokedSession, SignIn
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import PASSWORD, GrantFactory, with_authenticator_app
from edem.foundation.people.tests.test_pages import code_of
from edem.services.petitions.models import Signature
from edem.services.petitions.tests.factories import PetitionFactory, come_identified
from tests.load.faults.house import writing_on
from tests.load.faults.waiting import seconds_taken

pytestmark = pytest.mark.django_db

AT_MOST = 1.0
"""Seconds, from the answer «ви вийшли» to the last request that the other process still takes."""
TOKEN = "a" * 32
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Ground:
    database: str
    laptop: str
    phone: str
    """Session cookies of one resident."""
    worker: str
    login: str
    secret: str
    """What the worker signs in by, and what makes the codes of the second step."""
    petitions: list[int]


@pytest.fixture(scope="module")
def two_doors(django_db_setup, django_db_blocker):
    """Two programs of their own, as on two machines; they meet only in the database."""
    real = {"application": "edem.config.asgi:application", "settings": "edem.config.settings.test"}
    with django_db_blocker.unblock(), cloned_database(f"signout_{token_hex(3)}") as database, ExitStack() as stack:
        yield [stack.enter_context(serving(database, **real)) for _ in range(2)]


@pytest.fixture
def ground(db, two_doors) -> Ground:
    now = datetime.now(UTC)
    with writing_on(two_doors[0].database):
        community = CommunityFactory(slug=f"misto-{token_hex(3)}", is_open=True)
        times = {"published_at": now - DAY, "closes_at": now + 30 * DAY}
        petitions = [PetitionFactory(community=community, collecting=True, **times).pk for _ in range(3)]
        person = identified_resident(community, since=now - 2 * DAY)
        laptop, phone, worker = PlatformClient(), PlatformClient(), PlatformClient()
        for browser in (laptop, phone):
            come_identified(browser, person)
        moderator = GrantFactory(community=community, role=Role.MODERATOR).person
        worker.sign_in(moderator)
        secret = with_authenticator_app(moderator)
        cookies = [each.cookies[settings.SESSION_COOKIE_NAME].value for each in (laptop, phone, worker)]
        yield Ground(
            database=two_doors[0].database, laptop=cookies[0], phone=cookies[1], worker=cookies[2],
            login=moderator.login, secret=secret, petitions=petitions,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Browser:
    """One device, at one of the two programs."""

    door: Served
    cookies: dict[str, str]
    slug: str

    def get(self, path: str) -> httpx.Response:
        with self.door.client() as client:
            answer = client.get(path, headers={"Cookie": self._header()})
        self.cookies.update(answer.cookies)
        return answer

    def post(self, path: str, **body: object) -> httpx.Response:
        here = {"Cookie": self._header(), "Origin": self.door.address, "Sec-Fetch-Site": "same-origin"}
        with self.door.client() as client:
            answer = client.post(path, headers={**here, "X-CSRFToken": TOKEN}, **body)
        self.cookies.update(answer.cookies)
        return answer

    def sign(self, petition: int) -> int:
        """As the page's script does, with the sealed pass alone."""
        body = {"petition": petition, "agree": True}
        return self.post(f"/{self.slug}/acts/petitions.signature", json=body).status_code

    def sign_by_api(self, petition: int) -> int:
        return self.post(f"/{self.slug}/api/v1/petitions/{petition}/signatures", json={"agree": True}).status_code

    def leave_everywhere(self) -> float:
        assert self.post("/sign-in/sessions/", data={"everywhere": "1"}).status_code == 302
        return monotonic()

    def _header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in ({"csrftoken": TOKEN} | self.cookies).items())


def at(door: Served, session: str, ground: Ground) -> Browser:
    with psycopg.connect(ground.database) as own:
        (slug,) = own.execute(
            "SELECT slug FROM communities_community WHERE id ="
            " (SELECT community_id FROM petitions_petition WHERE id = %s)",
            [ground.petitions[0]],
        ).fetchone()
    return Browser(door=door, cookies={settings.SESSION_COOKIE_NAME: session}, slug=slug)


def deafen(database: str) -> int:
    """Break the connection on which the processes listen."""
    with psycopg.connect(database, autocommit=True) as own:
        broken = own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
        return len(broken.fetchall())


def a_phone_that_signs(two_doors, ground: Ground) -> Browser:
    phone = at(two_doors[1], ground.phone, ground)
    assert phone.get(f"/{phone.slug}/cabinet/").status_code == 200
    assert "edem_pass" in phone.cookies
    assert phone.sign(ground.petitions[0]) == 200
    return phone


@pytest.mark.parametrize("is_deaf", [False, True], ids=["listening", "the listening connection is lost just then"])
def test_who_leaves_everywhere_is_out_in_every_process_within_a_second(two_doors, ground, is_deaf):
    phone = a_phone_that_signs(two_doors, ground)
    if is_deaf:
        assert deafen(ground.database) == 2
    since = at(two_doors[0], ground.laptop, ground).leave_everywhere()

    assert seconds_taken(lambda: phone.sign(ground.petitions[1]) not in {401, 403}, since) < AT_MOST
    assert phone.get(f"/{phone.slug}/cabinet/").is_redirect, "the session is gone"
    assert phone.sign_by_api(ground.petitions[2]) == 403
    assert not Signature.objects.filter(petition_id=ground.petitions[2]).exists()


def test_a_notice_that_never_came_is_made_up_for_when_the_process_listens_again(two_doors, ground):
    """The row is there and no NOTIFY: only the reading after the reconnection can bring it."""
    phone = a_phone_that_signs(two_doors, ground)
    RevokedSession.objects.create(session_key=ground.phone, until=datetime.now(UTC) + DAY)
    assert phone.sign(ground.petitions[0]) == 409, "nobody has told the process"
    deafen(ground.database)
    assert seconds_taken(lambda: phone.sign(ground.petitions[1]) not in {401, 403}, monotonic()) < AT_MOST


def test_a_worker_who_leaves_everywhere_is_out_of_the_other_process_too(two_doors, ground):
    desk = at(two_doors[1], ground.worker, ground)
    assert desk.get(f"/{desk.slug}/desk/").status_code == 200
    own = at(two_doors[0], ground.worker, ground)
    own.leave_everywhere()
    answer = desk.get(f"/{desk.slug}/desk/")
    assert answer.is_redirect, "the very next page"
    assert "/sign-in/" in answer.headers["location"]
    assert SignIn.objects.get(session_key=ground.worker).ended_at is not None


@pytest.mark.parametrize("is_ended", [True, False], ids=["ended", "nobody ended it"])
def test_a_worker_who_leaves_everywhere_ends_what_waits_for_the_second_step_in_another_process(
    two_doors, ground, is_ended
):
    thief = at(two_doors[1], "", ground)
    answer = thief.post("/staff/sign-in/", data={"login": ground.login, "password": PASSWORD})
    assert answer.headers["location"] == "/staff/sign-in/code/"
    assert thief.get("/staff/sign-in/code/").status_code == 200

    if is_ended:
        at(two_doors[0], ground.worker, ground).leave_everywhere()
    answer = thief.post("/staff/sign-in/code/", data={"code": code_of(ground.secret)})
    assert answer.headers["location"] == ("/staff/sign-in/" if is_ended else "/staff/enter/")
    assert thief.get(f"/{thief.slug}/desk/").is_redirect is is_ended
