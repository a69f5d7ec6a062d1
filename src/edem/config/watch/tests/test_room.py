"""A real server of two processes, asked as a balancer, Prometheus and a stranger ask it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic

import httpx
import psycopg
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from edem.config.front_door.tests.serving import Served, cloned_database, serving, writing_to
from edem.foundation.communities.models import Community
from tools.ports import free_port

HOUSE = {"application": "edem.config.asgi:application", "settings": "edem.config.settings.test"}
TOKEN = "a-token-of-the-test"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned_database("watch") as address:
        with writing_to(address):
            Community.objects.create(
                slug="misto", katottg="UA01020030040050060", name="Місто", host="misto.example", is_open=True
            )
        yield address


@pytest.fixture(scope="module")
def served(database, tmp_path_factory) -> Iterator[Served]:
    state = tmp_path_factory.mktemp("state")
    with serving(database, **HOUSE, EDEM_STATE_DIR=str(state), workers=2) as server:
        # The first of them answers while the second still loads.
        assert soon(lambda: len(list(state.glob(f"counts-{server.process.pid}-*"))) >= 2)
        yield server


@pytest.fixture
def asker(served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


def figures(client: httpx.Client, **options) -> dict:
    answer = client.get("/metrics", **options)
    assert answer.headers["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def total(family, **labels: str) -> float:
    return sum(
        sample.value
        for sample in family.samples
        if not sample.name.endswith(("_sum", "_bucket")) and labels.items() <= sample.labels.items()
    )


def soon(is_so: Callable[[], bool], *, seconds: float = 60) -> bool:
    pause, until = Event(), monotonic() + seconds
    while not is_so():
        if monotonic() > until:
            return False
        pause.wait(0.1)
    return True


def test_a_living_process_says_so_to_whoever_asks_under_any_name(asker):
    answer = asker.get("/health/live", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert answer.headers["cache-control"] == "no-store"


def test_a_ready_process_tells_how_its_queue_is_and_nothing_secret(asker, served):
    answer = asker.get("/health/ready")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["database"], told["migrations"]) == ("ready", "reachable", "applied")
    assert told["queue"].keys() == {"oldest_due_seconds", "is_late", "workers"}
    password = served.database.partition("@")[0].rpartition(":")[2]
    assert password not in answer.text


def test_only_reading_is_answered(asker):
    assert asker.post("/health/live").status_code == 405


def test_a_job_that_waits_too_long_is_told(database, asker):
    with psycopg.connect(database, autocommit=True) as own:
        own.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)"
            " VALUES ('default', 'nobody', '{}', now() - interval '20 minutes')"
        )
        try:
            assert soon(lambda: asker.get("/health/ready").json()["queue"]["is_late"])
            assert figures(asker)["edem_jobs_oldest_due_seconds"].samples[0].value >= 1200
        finally:
            own.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'nobody'")


def test_both_processes_together_count_every_request_once(served, asker):
    def asked_before() -> float:
        return total(figures(asker)["edem_requests"], room="django", status="404")

    before = asked_before() if "edem_requests" in figures(asker) else 0.0

    def ask(number: int) -> int:
        with served.client() as own:
            return own.get(f"/no-such-page-{number}").status_code

    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(ask, range(60))) == {404}, served.story()
    assert soon(lambda: asked_before() - before == 60)
    found = figures(asker)
    processes = {sample.labels["process"] for sample in found["edem_requests"].samples}
    assert processes <= {str(pid) for pid in served.worker_pids()}
    assert len(processes) == 2
    latency = [sample for sample in found["edem_request_seconds"].samples if sample.labels["room"] == "django"]
    assert sum(sample.value for sample in latency if sample.name.endswith("_count")) >= 60
    assert found["edem_database_up"].samples[0].value == 1
    assert found["edem_process_resident_memory_bytes"].samples[0].value > 10_000_000


def test_listeners_are_told_as_they_come_and_go(asker):
    assert total(figures(asker)["edem_live_listeners"]) == 0


def test_a_stranger_behind_our_proxy_may_not_read_the_figures(asker):
    assert asker.get("/metrics", headers={"X-Forwarded-For": "8.8.8.8"}).status_code == 403
    assert asker.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1, 8.8.8.8"}).status_code == 403


def test_a_community_s_own_host_may_have_a_certificate_and_no_other(asker):
    assert asker.get("/health/host?domain=misto.example").status_code == 200
    assert asker.get("/health/host?domain=evil.example").status_code == 404
    assert asker.get("/health/host").status_code == 404


def test_a_community_s_own_host_needs_no_setting(asker):
    """EDEM_ALLOWED_HOSTS names the platform alone: the community's row is enough."""
    page = asker.get("/", headers={"Host": "misto.example"})
    assert page.status_code == 200
    assert "Місто" in page.text
    assert asker.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_reader_finds_the_request_s_id_in_the_answer_and_cannot_choose_it_freely(asker):
    ids = {
        asker.get("/no-such-page", headers={"X-Request-ID": given}).headers["x-request-id"]
        for given in ("Олена".encode(), b"a b", b"x" * 20)
    }
    assert all(len(each) == 16 for each in ids)
    assert len(ids) == 3
    ours = "0123456789abcdef0123456789abcdef"
    assert asker.get("/no-such-page", headers={"X-Request-ID": ours}).headers["x-request-id"] == ours


def test_with_a_token_nothing_else_opens_the_figures(database, tmp_path):
    with serving(database, **HOUSE, EDEM_STATE_DIR=str(tmp_path), EDEM_METRICS_TOKEN=TOKEN) as server:
        with server.client() as client:
            assert client.get("/metrics").status_code == 403
            assert client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 403
            told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "8.8.8.8"})
            assert told.text.endswith("# EOF\n")


def test_a_database_that_lags_behind_the_code_is_not_ready(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), cloned_database("lagging") as address:
        with psycopg.connect(address, autocommit=True) as own:
            own.execute("DELETE FROM django_migrations WHERE app = 'search'")
            with serving(address, **HOUSE, EDEM_STATE_DIR=str(tmp_path)) as server, server.client() as client:
                answer = client.get("/health/ready")
                assert (answer.status_code, answer.json()["migrations"]) == (503, "behind")


def test_without_a_database_the_process_lives_is_not_ready_and_says_why(tmp_path):
    nobody = f"postgresql://nobody:secret@127.0.0.1:{free_port()}/nothing"
    with serving(nobody, **HOUSE, EDEM_STATE_DIR=str(tmp_path)) as server, server.client() as client:
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "database": "unreachable"})
        assert figures(client)["edem_database_up"].samples[0].value == 0
