"""Every route declares its audience; these are the guards themselves."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string

from edem.foundation.people.access import anyone, kiosk, machines, open_to, residents, staff
from edem.foundation.people.roles import Role
from edem.foundation.people.second_factor import record_second_factor
from edem.foundation.people.tests.factories import CommunityFactory, GrantFactory, PersonFactory
from edem.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


def asked(path="/queue", *, person=None, community=None, second_factor=False, method="get", script=""):
    request = getattr(RequestFactory(), method)(path, SCRIPT_NAME=script)
    request.session, request.person, request.community = SessionStore(), person, community
    request.user = person
    if second_factor:
        record_second_factor(request, person, kind="totp")
    return request


def page_for(audience):
    return open_to(audience)(lambda request: HttpResponse("видно"))


def test_the_audience_can_be_read_from_the_view():
    assert page_for(staff.having(Role.MODERATOR)).audience == staff.having(Role.MODERATOR)


@pytest.mark.parametrize("audience", [anyone, machines])
def test_open_pages_let_a_visitor_in(audience):
    assert page_for(audience)(asked()).content.decode() == "видно"


def test_a_visitor_is_sent_to_sign_in_and_back():
    answer = page_for(residents)(asked("/petitions/5/sign?from=mail", script="/vyshnevohirsk"))
    assert answer.url == "/vyshnevohirsk/sign-in/?next=%2Fvyshnevohirsk%2Fpetitions%2F5%2Fsign%3Ffrom%3Dmail"


def test_after_a_refused_post_one_comes_back_to_the_start_not_to_the_act():
    answer = page_for(residents)(asked("/petitions/5/sign", method="post", script="/vyshnevohirsk"))
    assert answer.url == "/vyshnevohirsk/sign-in/?next=%2Fvyshnevohirsk%2F"


def test_a_resident_sees_residents_pages_and_not_those_of_staff():
    resident = PersonFactory()
    assert page_for(residents)(asked(person=resident)).status_code == 200
    with pytest.raises(NotAllowed, match=r"people\.staff_only"):
        page_for(staff)(asked(person=resident))


def test_staff_without_a_second_factor_in_this_sign_in_see_nothing():
    grant = GrantFactory()
    answer = page_for(staff)(asked(person=grant.person, community=grant.community))
    assert answer.url == "/sign-in/?next=%2Fqueue&who=staff"


def test_staff_with_the_role_come_in_and_without_it_do_not():
    grant = GrantFactory(role=Role.MODERATOR)
    request = asked(person=grant.person, community=grant.community, second_factor=True)
    assert page_for(staff.having(Role.MODERATOR, Role.MAYOR))(request).status_code == 200
    assert page_for(staff)(request).status_code == 200
    with pytest.raises(NotAllowed, match=r"people\.role_needed"):
        page_for(staff.having(Role.MAYOR))(request)


def test_a_role_in_one_community_opens_nothing_in_another():
    grant = GrantFactory()
    request = asked(person=grant.person, community=CommunityFactory(), second_factor=True)
    with pytest.raises(NotAllowed, match=r"people\.role_needed"):
        page_for(staff)(request)


def test_an_ended_role_opens_nothing():
    grant = GrantFactory(ended_at="2026-03-02T00:00Z")
    request = asked(person=grant.person, community=grant.community, second_factor=True)
    with pytest.raises(NotAllowed):
        page_for(staff)(request)


def test_a_second_factor_of_another_person_does_not_count():
    grant, other = GrantFactory(), PersonFactory(staff=True)
    request = asked(person=grant.person, community=grant.community)
    record_second_factor(request, other, kind="totp")
    assert page_for(staff)(request).status_code == 302


def test_the_kiosk_page_opens_only_on_a_terminal_opened_for_this_community():
    community = CommunityFactory()
    request = asked(community=community)
    with pytest.raises(NotAllowed, match=r"people\.kiosk_only"):
        page_for(kiosk)(request)
    request.session["kiosk_community_id"] = community.pk
    assert page_for(kiosk)(request).status_code == 200


def test_every_route_of_staff_sign_in_declares_its_audience():
    for route in import_string("edem.foundation.people.urls.urlpatterns"):
        assert route.callback.audience, route.name
