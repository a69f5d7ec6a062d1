"""Staff accounts and roles."""

import pytest

from edem.foundation.people.actions import create_staff, end_role, grant_role
from edem.foundation.people.models import RoleGrant
from edem.foundation.people.queries import communities_served_by, grants_in, holders_of, roles_of, sample_staff
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, CommunityFactory, GrantFactory, PersonFactory
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed

pytestmark = pytest.mark.django_db(transaction=True)

NEW = {"display_name": "Ірина Ґудзь", "password": "п'ять сухих чоботів", "now": MARCH_1}


def test_a_worker_gets_an_account_with_a_hashed_password():
    worker = create_staff("gudz", **NEW)
    assert worker.is_staff
    assert worker.check_password(NEW["password"])
    assert NEW["password"] not in worker.password


def test_a_login_is_given_once_and_a_weak_password_is_refused():
    create_staff("gudz", **NEW)
    with pytest.raises(Conflict, match=r"people\.login_taken"):
        create_staff("gudz", **NEW)
    with pytest.raises(Invalid, match=r"people\.weak_password"):
        create_staff("other", **NEW | {"password": "12345"})


def test_only_the_administrator_of_this_community_gives_its_roles():
    community, worker = CommunityFactory(), PersonFactory(staff=True)
    admin = GrantFactory(role=Role.COMMUNITY_ADMIN, community=community).person
    stranger = GrantFactory(role=Role.COMMUNITY_ADMIN).person
    with pytest.raises(NotAllowed, match=r"people\.may_not_grant"):
        grant_role(worker.pk, role=Role.OFFICER, community_id=community.pk, by=stranger, now=MARCH_1)
    with pytest.raises(NotAllowed):
        grant_role(worker.pk, role=Role.PLATFORM_OPERATOR, community_id=None, by=admin, now=MARCH_1)

    grant_role(worker.pk, role=Role.OFFICER, community_id=community.pk, by=admin, now=MARCH_1)
    assert roles_of(worker, community.pk) == {"officer"}
    assert list(holders_of(Role.OFFICER, community_id=community.pk)) == [worker]
    assert communities_served_by(worker) == [community.pk]
    assert set(sample_staff()) == {admin, stranger, worker}


def test_a_role_is_held_once_and_can_be_taken_back():
    grant = GrantFactory(role=Role.OFFICER)
    again = grant_role(grant.person_id, role=Role.OFFICER, community_id=grant.community_id, by=None, now=MARCH_1)
    assert again == grant
    end_role(grant.pk, by=None, now=MARCH_1)
    assert roles_of(grant.person_id, grant.community_id) == set()
    assert RoleGrant.objects.get().ended_at == MARCH_1
    assert not grants_in(grant.community_id)
    with pytest.raises(Missing):
        end_role(grant.pk, by=None, now=MARCH_1)


def test_a_resident_without_a_staff_account_holds_no_role():
    with pytest.raises(Invalid, match=r"people\.staff_only"):
        grant_role(PersonFactory().pk, role=Role.OFFICER, community_id=CommunityFactory().pk, by=None, now=MARCH_1)


def test_platform_roles_count_in_every_community():
    grant = GrantFactory(role=Role.PLATFORM_OPERATOR, community=None)
    assert roles_of(grant.person_id, CommunityFactory().pk) == {"platform_operator"}
    assert roles_of(None, 1) == set()
