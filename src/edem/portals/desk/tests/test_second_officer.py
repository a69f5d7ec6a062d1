"""What one officer proposed waits for another: each who may decide is told once, and it stands on the desk."""

import html
from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.merging import propose_merge
from edem.foundation.identity.proposals.proposing import decline_proposal
from edem.foundation.identity.proposals.waiting import PATIENCE
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.models import Notice
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory

pytestmark = pytest.mark.django_db
TEMPLATE = "notices/account/second_officer.html"


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr")


@pytest.fixture
def staff(community):
    """One worker of each kind; the officer proposes."""
    roles = (Role.OFFICER, Role.CLERK, Role.COMMUNITY_ADMIN, Role.MODERATOR)
    people = {role: PersonFactory(staff=True, display_name=f"Хтось {role}") for role in roles}
    for role, person in people.items():
        GrantFactory(person=person, community=community, role=role)
    return people


@pytest.fixture
def merge(community, staff, now):
    """Two accounts of one person, one officer's word."""

    def merge(at=now):
        kept, absorbed = (identified_resident(community, since=now - timedelta(days=9)) for _ in range(2))
        about = {"community_id": community.pk, "evidence": "паспорт і картка", "by": staff[Role.OFFICER], "now": at}
        return propose_merge(kept.pk, absorbed.pk, **about)

    return merge


def told():
    return set(Notice.objects.filter(template=TEMPLATE).values_list("person_id", "path"))


def home(client, person):
    client.sign_in(person)
    answer = client.get("/zhytomyr/desk/")
    assert answer.status_code == 200
    page = html.unescape(answer.content.decode())
    client.logout()
    return page


def test_everybody_who_may_decide_is_told_once_and_the_proposer_is_not(merge, staff, now):
    proposal = merge()
    run_jobs(now=now)
    path = f"/members/proposals/{proposal.pk}/"
    assert told() == {(staff[role].pk, path) for role in (Role.CLERK, Role.COMMUNITY_ADMIN)}
    assert (
        Notice.objects.filter(template=TEMPLATE).first().subject
        == "Потрібна друга людина: Об’єднати два облікові записи"
    )
    run_jobs(now=now + timedelta(hours=1))
    assert Notice.objects.filter(template=TEMPLATE).count() == 2


def test_what_was_decided_in_the_meantime_is_told_to_nobody(merge, staff, now):
    confirm_proposal(merge().pk, by=staff[Role.CLERK], now=now)
    decline_proposal(merge().pk, by=staff[Role.OFFICER], note="помилка", now=now)
    run_jobs(now=now)
    assert told() == set()


def test_another_communitys_officers_hear_nothing(merge, now):
    stranger = GrantFactory(role=Role.OFFICER).person
    merge()
    run_jobs(now=now)
    assert stranger.pk not in {person_id for person_id, _ in told()}


def test_it_stands_on_the_desk_till_it_is_decided(client, merge, staff, now):
    proposal = merge()
    page = home(client, staff[Role.CLERK])
    assert f"/members/proposals/{proposal.pk}/" in page
    assert "Прострочено" not in page
    assert "Чекають на другого працівника" not in home(client, staff[Role.MODERATOR])
    confirm_proposal(proposal.pk, by=staff[Role.CLERK], now=now)
    assert f"/members/proposals/{proposal.pk}/" not in home(client, staff[Role.CLERK])


def test_after_a_day_it_is_overdue(client, merge, staff, now):
    merge(at=now - PATIENCE - timedelta(hours=1))
    assert "Прострочено 1 справу" in home(client, staff[Role.CLERK])
