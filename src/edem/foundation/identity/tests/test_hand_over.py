"""From the platform's host to a community's own: a code for one browser, once, within a minute."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from edem.foundation.identity.hand_over import LIFE, hand_over, receive
from edem.foundation.identity.models import HandOver, SignIn
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.actions import close_account, end_role
from edem.foundation.people.roles import Role
from edem.foundation.people.second_factor import passed_second_factor
from edem.foundation.people.tests.factories import MARCH_1, CommunityFactory, GrantFactory
from edem.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db

HOST = "vyshnevohirsk.example"


@pytest.fixture
def community(vyshnevohirsk):
    vyshnevohirsk.host = HOST
    vyshnevohirsk.save()
    return vyshnevohirsk


@pytest.fixture
def own_host(resident):
    """Makes browsers that are on the community's own host."""
    return lambda: resident.another(host=HOST)


def path_of(url):
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def left_for_platform(client, **query):
    """Leave the community's host; gives the platform's address for the way back."""
    answer = client.get("/sign-in/", {"next": "/petitions/5", **query})
    assert answer.url.startswith("http://localhost:8000/sign-in/?")
    return path_of(answer.url)


@pytest.mark.usefixtures("stand")
def test_one_signs_in_on_the_platform_and_arrives_at_the_communitys_own_host(resident, own_host, community):
    at_home = own_host()
    to_platform = left_for_platform(at_home)
    page = resident.get(to_platform).content.decode()
    next_path = page.split('name="next" value="')[1].split('"')[0].replace("&amp;", "&")
    resident.sign_in("1001", next_path=next_path)
    resident.get("/sign-in/welcome/")
    answer = resident.get(next_path)
    assert answer.url.startswith(f"http://{HOST}/sign-in/arrive/?code=")

    arrived = at_home.get(path_of(answer.url))
    assert arrived.url == "/petitions/5"
    assert "edem_pass" in at_home.cookies
    assert set(SignIn.objects.values_list("method", flat=True)) == {"bank_id"}

    again = at_home.get(path_of(answer.url))
    assert again.status_code == 403


def test_a_code_is_of_no_use_in_another_browser_or_community_or_later(community):
    asked = {"browser": "b", "next_path": "/", "method": "bank_id", "second_factor": False, "now": MARCH_1}
    code = hand_over(identified_resident(), community, **asked)
    refused = [
        {"code": "guess"}, {"browser": "other"}, {"community": CommunityFactory()}, {"now": MARCH_1 + LIFE},
    ]  # fmt: skip
    for wrong in refused:
        with pytest.raises(NotAllowed, match=r"identity\.hand_over_refused"):
            receive(**({"code": code, "community": community, "browser": "b", "now": MARCH_1} | wrong))
    assert receive(code, community, browser="b", now=MARCH_1 + LIFE - timedelta(seconds=1)).method == "bank_id"
    with pytest.raises(NotAllowed):
        receive(code, community, browser="b", now=MARCH_1)
    assert code.encode() not in bytes(HandOver.objects.get().code_hash)


def test_a_stolen_arrival_address_signs_nobody_in(resident, own_host, community):
    thief, victim = own_host(), own_host()
    to_platform = left_for_platform(thief)
    resident.force_login(identified_resident())
    answer = resident.get(resident.get(to_platform).url)
    assert victim.get(path_of(answer.url)).status_code == 403
    assert "_auth_user_id" not in victim.session


def test_a_worker_arrives_with_the_second_factor_they_proved(resident, own_host, community):
    worker = GrantFactory(community=community).person
    at_home = own_host()
    to_platform = left_for_platform(at_home, who="staff")
    resident.post("/staff/sandbox/", {"person": worker.pk})
    answer = resident.get(to_platform)
    assert answer.url.startswith("/staff/enter/?next=")
    answer = resident.get(resident.get(answer.url).url)
    arrived = at_home.get(path_of(answer.url))
    assert arrived.url == "/petitions/5"
    assert passed_second_factor(arrived.wsgi_request, worker)


def test_a_community_without_its_own_host_needs_no_hand_over(resident, vyshnevohirsk):
    resident.force_login(identified_resident())
    answer = resident.get("/sign-in/hand-over/", {"community": "vyshnevohirsk", "browser": "b"})
    assert answer.status_code == 404
    assert not HandOver.objects.exists()


@pytest.fixture
def handed_over(resident, own_host, community):
    """One sign-in of one person: on the platform's host and on the community's own."""
    person, at_home = identified_resident(), own_host()
    resident.force_login(person)
    answer = resident.get(resident.get(left_for_platform(at_home)).url)
    at_home.get(path_of(answer.url))
    assert at_home.get("/sign-in/sessions/").status_code == 200
    return resident, at_home


def test_who_leaves_the_platform_has_left_the_communitys_host(handed_over):
    on_platform, at_home = handed_over
    on_platform.post("/sign-out/")
    assert at_home.get("/sign-in/sessions/").status_code == 302
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_who_leaves_the_communitys_host_has_left_the_platform(handed_over):
    on_platform, at_home = handed_over
    at_home.post("/sign-out/")
    assert on_platform.get("/sign-in/sessions/").status_code == 302


def test_leaving_ends_nothing_of_another_sign_in(handed_over, own_host):
    _, at_home = handed_over
    phone = own_host()
    phone.force_login(SignIn.objects.earliest("pk").person)
    at_home.post("/sign-out/")
    assert phone.get("/sign-in/sessions/").status_code == 200


def test_a_code_given_just_before_the_sign_out_opens_nothing_after_it(resident, own_host, community):
    at_home = own_host()
    resident.force_login(identified_resident())
    answer = resident.get(resident.get(left_for_platform(at_home)).url)
    resident.post("/sign-out/")
    assert at_home.get(path_of(answer.url)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_role_taken_back_and_an_account_closed_end_what_is_open(resident, vyshnevohirsk):
    admin = GrantFactory(community=vyshnevohirsk, role=Role.COMMUNITY_ADMIN).person
    grant = GrantFactory(community=vyshnevohirsk)
    resident.force_login(grant.person)
    end_role(grant.pk, by=admin, now=MARCH_1)
    assert resident.get("/sign-in/sessions/").status_code == 302

    again = GrantFactory(community=vyshnevohirsk, person=grant.person)
    resident.force_login(grant.person)
    close_account(grant.person_id, community_id=vyshnevohirsk.pk, by=admin, now=MARCH_1)
    assert resident.get("/sign-in/sessions/").status_code == 302
    again.refresh_from_db()
    assert again.ended_at == MARCH_1
