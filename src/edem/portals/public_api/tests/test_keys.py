"""What a key is given for, how long, how often; and how one key takes another's place."""

import html
import re
from datetime import timedelta

import pytest

from edem.config.testing.clients import PlatformClient
from edem.config.testing.minutes import within_a_minute
from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CommunityFactory, OrganisationFactory
from edem.foundation.people.programs import Door, Programs, Scope, check_program
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory
from edem.kernel.errors import Conflict, Missing, NotAllowed
from edem.portals.public_api import admission
from edem.portals.public_api.api import scopes
from edem.portals.public_api.keys import KeyFacts, end_key, make_key, rotate_key
from edem.portals.public_api.models import ApiKey

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
API = "/zhytomyr/api/v1/"
PAGE = "/zhytomyr/desk/api-keys/"


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch):
    monkeypatch.setattr(admission, "_PROGRAMS", {})


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr")


@pytest.fixture
def admin(community):
    return GrantFactory(community=community, role=Role.COMMUNITY_ADMIN).person


@pytest.fixture
def made(community, admin, now):
    def made(*given, **more):
        return make_key(community, KeyFacts(name="Бот", scopes=given, **more), by=admin, now=now)

    return made


def asked(key, path="petitions", *, status=200):
    answer = PlatformClient().get(f"{API}{path}", headers={"X-Api-Key": key} if key else {})
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.json()


def test_a_key_is_held_to_what_it_was_given_for_even_where_everybody_reads(made):
    assert "petitions:read" in {scope.code for scope in scopes()}
    asked(made("petitions:read"))
    refused = asked(made(), status=403)
    assert refused == {
        "code": "api.scope_missing",
        "message": "Цьому ключу не дали права «petitions:read». Попросіть його в адміністратора громади.",
    }
    asked("")


def test_a_key_made_before_there_were_scopes_reads_and_does_nothing_else():
    old = ApiKey(scopes=None)
    assert old.may("petitions:read")
    assert not old.may("petitions:import")


@pytest.mark.parametrize(("door", "key", "code"), [
    (Door.KEYS, None, "api.key_needed"),
    (Door.KEYS, ApiKey(scopes=[]), "api.scope_missing"),
    (Door.KEYS, ApiKey(scopes=["a:b"]), None),
    (Door.EVERYBODY, None, None),
    (Door.EVERYBODY, ApiKey(scopes=["a:c"]), "api.scope_missing"),
    (Door.BROWSERS, ApiKey(scopes=["a:b"]), "api.not_for_keys"),
    (Door.BROWSERS, None, None),
])  # fmt: skip
def test_who_passes_which_door(door, key, code):
    programs = Programs(door=door, scope=Scope("a:b", "так"))
    if code is None:
        check_program(key, programs)
    else:
        with pytest.raises(NotAllowed, match=code):
            check_program(key, programs)


def test_a_key_tells_what_it_is_good_for(made, community):
    body = OrganisationFactory(community=community)
    told = asked(made("petitions:read", organisation=body, per_minute=500, days=30), "key")
    assert (told["name"], told["organisation"], told["scopes"]) == ("Бот", body.name, ["petitions:read"])
    assert (told["per_minute"], told["is_replaced"]) == (500, False)
    assert asked("", "key", status=403)["code"] == "api.key_needed"


def test_each_key_has_its_own_limit_and_is_told_when_to_come_again(made):
    def three_times():
        slow = made("petitions:read", per_minute=2)
        for _ in range(2):
            asked(slow)
        third = PlatformClient().get(f"{API}petitions", headers={"X-Api-Key": slow})
        asked(made("petitions:read", per_minute=2))
        return third

    answer = within_a_minute(three_times)
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (429, "60", "api.too_often")


def test_a_key_ends_with_its_term(made, now):
    key = made("petitions:read", days=30)
    assert ApiKey.objects.get().expires_at == now + 30 * DAY
    ApiKey.objects.update(expires_at=now)
    assert asked(key, status=403)["code"] == "api.bad_key"


def test_nothing_of_the_key_lies_in_the_database(made):
    secret = made("petitions:read").rpartition("_")[2]
    row = ApiKey.objects.values().get()
    assert secret not in str(row)
    assert secret.encode() not in bytes(row["digest"])


def test_a_new_key_works_beside_the_old_one_till_the_days_are_over(made, community, admin, now):
    old = made("petitions:read", per_minute=700, days=90)
    before = ApiKey.objects.get()
    new = rotate_key(community, before.pk, overlap=7, by=admin, now=now)
    after = ApiKey.objects.exclude(pk=before.pk).get()
    assert (after.scopes, after.per_minute, after.replaces) == (["petitions:read"], 700, before)
    assert after.expires_at == now + 90 * DAY
    asked(new)
    assert asked(old, "key")["is_replaced"]
    before.refresh_from_db()
    assert before.expires_at == now + 7 * DAY
    assert asked(new, "key")["prefix"] == after.prefix != before.prefix
    ApiKey.objects.filter(pk=before.pk).update(expires_at=now)
    asked(old, status=403)
    asked(new)
    entry = AuditEntry.objects.get(act="api_key.rotated")
    assert (entry.facts["before"], entry.facts["prefix"]) == (before.prefix, after.prefix)


def test_what_is_over_or_replaced_or_somebody_elses_is_not_rotated(made, community, admin, now):
    made("petitions:read")
    key = ApiKey.objects.get()
    with pytest.raises(Missing):
        rotate_key(CommunityFactory(), key.pk, overlap=7, by=admin, now=now)
    with pytest.raises(Conflict):
        rotate_key(community, key.pk, overlap=7, by=admin, now=key.expires_at)
    rotate_key(community, key.pk, overlap=7, by=admin, now=now)
    with pytest.raises(Conflict):
        rotate_key(community, key.pk, overlap=7, by=admin, now=now)
    last = ApiKey.objects.exclude(pk=key.pk).get()
    end_key(community, last.pk, by=admin, now=now)
    with pytest.raises(Conflict):
        rotate_key(community, last.pk, overlap=7, by=admin, now=now)


def test_rotation_never_lengthens_the_old_keys_life(made, community, admin, now):
    made("petitions:read", days=30)
    key = ApiKey.objects.get()
    ApiKey.objects.update(expires_at=now + DAY)
    rotate_key(community, key.pk, overlap=30, by=admin, now=now)
    key.refresh_from_db()
    assert key.expires_at == now + DAY


def test_the_administrator_gives_scopes_and_rotates_on_the_page(client, community, admin):
    client.sign_in(admin)
    assert client.post(PAGE, {"name": "Бот", "days": "90"}).status_code == 422, "a key for nothing is no key"
    chosen = {"name": "Бот", "scopes": ["petitions:read"], "days": "90", "per_minute": "600"}
    assert client.post(PAGE, chosen | {"scopes": ["petitions:erase"]}).status_code == 422
    shown = html.unescape(client.post(PAGE, chosen).content.decode())
    first = re.search(r"edem_[0-9a-f]{8}_[\w-]{43}", shown)[0]
    page = html.unescape(client.get(PAGE).content.decode())
    assert first not in page
    assert "петиції" in page
    key = ApiKey.objects.get()
    answer = html.unescape(client.post(f"{PAGE}{key.pk}/rotate/", {"overlap": "1"}).content.decode())
    second = re.search(r"edem_[0-9a-f]{8}_[\w-]{43}", answer)[0]
    assert second != first
    assert ApiKey.objects.exclude(pk=key.pk).get().prefix in html.unescape(client.get(PAGE).content.decode())
    asked(first)
    asked(second)
    stranger = PlatformClient()
    stranger.sign_in(GrantFactory(community=community).person)
    assert stranger.post(f"{PAGE}{key.pk}/rotate/").status_code == 403
