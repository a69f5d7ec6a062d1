"""The staff desk: each role has its queues, what is overdue stands first, and the log is the auditor's."""

import html
from datetime import timedelta

import pytest

from edem.config.testing.clients import PlatformClient
from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions.cards import DESK_QUEUES
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def community(db):
    community = CommunityFactory(slug="zhytomyr")
    charter_of_community(community)
    return community


@pytest.fixture
def waiting(community, now):
    def make(**facts):
        usual = {"state": State.MODERATION, "published_at": None, "closes_at": None, "due_at": now + DAY}
        return PetitionFactory(community=community, collecting=True, **(usual | facts))

    return make


@pytest.fixture
def desk(client, community):
    """The desk as a worker with these roles sees it."""

    def desk(*roles, path="", status=200):
        if roles:
            client.sign_in(staff(community, *roles))
        answer = client.get(f"/zhytomyr/desk/{path}")
        assert answer.status_code == status, answer.content.decode()[:1000]
        return html.unescape(answer.content.decode())

    return desk


QUEUES = {
    "moderator": {"petitions-moderation", "petitions-voices"},
    "officer": {
        "petitions-hand-over",
        "petitions-consideration",
        "petitions-appeals",
        "petitions-fulfilment",
        "petitions-exclusions",
        "petitions-shortfall",
    },
    "mayor": {"petitions-consideration", "petitions-appeals", "petitions-fulfilment", "petitions-exclusions"},
    "control_body": {"petitions-clocks", "petitions-paper"},
    "auditor": {"petitions-clocks"},
    "community_admin": {"petitions-clocks"},
    "cnap_clerk": {"petitions-paper"},
}


@pytest.mark.parametrize("role", QUEUES)
def test_each_role_sees_its_queues_and_no_others(desk, role):
    home = desk(role)
    named = home.split("Порожньо, усе зроблено:")[1].split("</p>")[0]
    assert {queue.code for queue in DESK_QUEUES if str(queue.title) in named} == QUEUES[role]
    assert ("Черг для вашої ролі немає" in home) == (not QUEUES[role])
    for queue in DESK_QUEUES:
        desk(path=f"queues/{queue.code}/", status=200 if queue.code in QUEUES[role] else 404)


def test_a_queue_begins_with_what_has_waited_longest(desk, waiting, now):
    for title, due_at in (("друга", now - DAY), ("третя", now + DAY), ("четверта", None), ("перша", now - 9 * DAY)):
        waiting(title=f"Справа {title}", due_at=due_at)
    for page in (desk("moderator"), desk(path="queues/petitions-moderation/")):
        places = [page.index(f"Справа {title}") for title in ("перша", "друга", "третя", "четверта")]
        assert places == sorted(places)


def test_nothing_overdue_is_ever_cut_off(desk, waiting, now):
    for number in range(12):
        waiting(title=f"Прострочена {number:02}", due_at=now - DAY)
    waiting(title="Ще має час")
    home = desk("moderator")
    assert all(f"Прострочена {number:02}" in home for number in range(12))
    assert "Прострочено 12 справ" in home
    assert "Ще має час" not in home
    assert "Уся черга" in home
    assert "Ще має час" in desk(path="queues/petitions-moderation/")


def test_a_short_queue_is_shown_whole(desk, waiting):
    for number in range(10):
        waiting(title=f"Справа {number:02}")
    home = desk("moderator")
    assert "Справа 09" in home
    assert "Уся черга" not in home
    assert "Прострочено" not in home


def test_empty_queues_are_named_in_one_line_without_headings_of_their_own(desk, waiting):
    home = desk("moderator")
    assert home.count("Порожньо, усе зроблено:") == 1
    assert f"<h2>{DESK_QUEUES[0].title}</h2>" not in home
    title = next(each.title for each in DESK_QUEUES if each.code == "petitions-moderation")
    assert title in home
    waiting(title="Перша")
    assert f"<h2>{title}</h2>" in desk()


def test_a_queue_goes_on_to_its_next_page(desk, waiting, client):
    for number in range(51):
        waiting(title=f"Справа {number:02}")
    assert "Справа 50" not in desk("moderator", path="queues/petitions-moderation/")
    for page in ("2", "99"):
        assert "Справа 50" in desk(path=f"queues/petitions-moderation/?page={page}")
    for hostile in ("0", "x", "%00", "9" * 5_000):
        desk(path=f"queues/petitions-moderation/?page={hostile}")


def test_another_communitys_cases_are_not_here(desk, now):
    PetitionFactory(collecting=True, state=State.MODERATION, title="Чужа", due_at=now)
    assert "Чужа" not in desk("moderator")


def test_the_desk_is_the_staffs_of_this_community(client, community):
    for path in ("", "queues/petitions-moderation/", "log/"):
        assert "who=staff" in client.get(f"/zhytomyr/desk/{path}")["Location"]
        for stranger in (PersonFactory(), staff(CommunityFactory(), "moderator", "auditor"), PersonFactory(staff=True)):
            visitor = PlatformClient()
            visitor.sign_in(stranger)
            assert visitor.get(f"/zhytomyr/desk/{path}").status_code == 403


@pytest.mark.parametrize(("role", "status"), [
    ("auditor", 200), ("community_admin", 200), ("moderator", 403), ("mayor", 403), ("control_body", 403),
])  # fmt: skip
def test_the_log_is_the_auditors_and_the_administrators(desk, role, status):
    home = desk(role)
    assert ("Журнал дій працівників" in home) == (status == 200)
    desk(path="log/", status=status)


def test_the_log_tells_who_did_what_here_newest_first(desk, community, waiting, now):
    worker, case = PersonFactory(staff=True, display_name="Марія Лозова"), waiting()
    elsewhere = CommunityFactory()
    record_staff_act(worker, "petition.returned", community_id=community.pk, subject=case, now=now - DAY)
    record_staff_act(worker, "petition.published", community_id=community.pk, subject=case, now=now)
    record_staff_act(worker, "petition.rejected", community_id=elsewhere.pk, subject=case, now=now)
    log = desk("auditor", path="log/")
    rows = log[log.index("<tbody>") : log.index("</tbody>")]
    assert rows.count("Марія Лозова") == 2
    assert rows.count("<tr>") == 2


def test_the_log_cannot_be_written(client, community):
    client.sign_in(staff(community, "auditor"))
    assert client.post("/zhytomyr/desk/log/").status_code == 405


def test_a_long_queue_asks_the_database_as_often_as_a_short_one(desk, waiting, client, assert_queries):
    waiting()
    desk("moderator")
    for _ in range(2):
        desk()
    with assert_queries(QUERIES):
        desk()
    for _ in range(30):
        waiting()
    with assert_queries(QUERIES):
        desk()


QUERIES = 8


def test_a_script_in_a_title_stays_text(desk, waiting, client):
    waiting(title="<script>alert(1)</script>")
    desk("moderator")
    for path in ("", "queues/petitions-moderation/"):
        assert "<script>alert" not in client.get(f"/zhytomyr/desk/{path}").content.decode()
