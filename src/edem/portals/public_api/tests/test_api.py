"""The API of a community: what it tells, whom it refuses, and that its description is the stored one."""

import json
import re
from datetime import timedelta

import pytest

from edem.config.management.commands.openapi import KEPT, description
from edem.config.testing.clients import PlatformClient
from edem.config.testing.minutes import within_a_minute
from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CommunityFactory, OrganisationFactory
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.intake.limits import Limits
from edem.portals.public_api import admission
from edem.portals.public_api.keys import KeyFacts, end_key, make_key
from edem.portals.public_api.models import ApiKey
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Signature
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, come_identified, new_signature, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
API = "/zhytomyr/api/v1/"
BOT = KeyFacts(name="Бот", scopes=["petitions:read"])
ASKED = {"name": "Бот", "scopes": ["petitions:read"], "days": "365"}


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch):
    monkeypatch.setattr(admission, "_STRANGERS", Limits(strangers_of_address=admission.WITHOUT_KEY))
    monkeypatch.setattr(admission, "_PROGRAMS", {})


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr")


@pytest.fixture
def petition(community, now):
    return PetitionFactory(community=community, collecting=True, published_at=now - DAY, closes_at=now + 30 * DAY)


@pytest.fixture
def ask(client):
    def ask(path="petitions", *, status=200, key="", **query):
        headers = {"X-Api-Key": key} if key else {}
        answer = client.get(f"{API}{path}", query, headers=headers)
        assert answer.status_code == status, answer.content.decode()[:500]
        return answer.json()

    return ask


def test_the_stored_description_is_the_codes_own():
    assert KEPT.read_text(encoding="utf-8") == description(), "run ./edem manage openapi"


def test_the_served_description_is_the_stored_one_under_the_communitys_address(community, ask):
    served = ask("openapi.json")
    stored = json.loads(KEPT.read_text(encoding="utf-8"))
    assert served["components"] == stored["components"]
    assert set(served["paths"]) == {f"/zhytomyr{path}" for path in stored["paths"]}


def test_the_list_tells_what_collects(petition, ask):
    PetitionFactory(collecting=True)
    told = ask()
    assert (told["total"], told["page"], told["pages"]) == (1, 1, 1)
    [summary] = told["items"]
    assert (summary["id"], summary["title"], summary["state"]) == (petition.pk, petition.title, "collecting")
    assert summary["url"].endswith(f"/zhytomyr/petitions/{petition.pk}/")
    assert ask(state="answered")["items"] == []


def test_one_petition_is_told_whole(petition, ask):
    told = ask(f"petitions/{petition.pk}")
    assert (told["essence"], told["demand"], told["author"]) == (petition.essence, petition.demand, "Ольга Ткачук")
    assert (told["count"], told["required"], told["overdue_days"], told["answer"]) == (0, 10, 0, "")


def test_signers_are_told_in_order_by_pages(petition, ask):
    at = petition.published_at
    add_signatures(
        [new_signature(petition, who=f"Сусід {n:02}", arrived_at=at + timedelta(seconds=n)) for n in range(51)]
    )
    first, second = (ask(f"petitions/{petition.pk}/signatures", page=page) for page in (1, 2))
    assert (first["total"], first["pages"], len(first["items"])) == (51, 2, 50)
    assert [each["name"] for each in first["items"][:2]] == ["Сусід 00", "Сусід 01"]
    assert [each["name"] for each in second["items"]] == ["Сусід 50"]
    assert set(second["items"][0]) == {"name", "signed_at"}


def test_a_text_that_the_law_hides_is_told_nowhere(community, ask):
    hidden = PetitionFactory(
        community=community, collecting=True, state=State.REJECTED, ground=Ground.AGAINST_ORDER,
        title="Прихована назва", essence="Прихована суть", demand="Прихована вимога",
    )  # fmt: skip
    told = json.dumps([ask(state="all"), ask(f"petitions/{hidden.pk}")], ensure_ascii=False)
    assert str(hidden.pk) in told
    assert "Прихована" not in told


@pytest.mark.parametrize("state", [State.DRAFT, State.MODERATION, State.RETURNED])
def test_what_is_not_public_is_missing(community, ask, state):
    petition = PetitionFactory(community=community, collecting=True, state=state)
    for path in ("", "/signatures"):
        refused = ask(f"petitions/{petition.pk}{path}", status=404)
        assert refused["code"] == "petition.missing"
        assert refused["message"].startswith("Такої петиції немає.")
    assert ask(state="all")["items"] == []


def test_another_communitys_petition_is_missing(community, ask):
    elsewhere = PetitionFactory(collecting=True)
    ask(f"petitions/{elsewhere.pk}", status=404)
    ask(f"petitions/{elsewhere.pk}/signatures", status=404)


@pytest.mark.parametrize("query", [
    {"page": "0"}, {"page": "-1"}, {"page": "багато"}, {"page": "9" * 5_000}, {"state": "вигадана"}, {"sort": "x"},
    {"q": "\x00"}, {"q": "а" * 201}, {"category": "\x00"},
])  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_in_one_shape(petition, ask, query):
    refused = ask(status=422, **query)
    assert (refused["code"], refused["message"]) == ("api.invalid", "Перевірте параметри запиту.")
    assert refused["errors"]


def test_a_number_too_long_for_a_petition_is_refused(petition, ask):
    ask(f"petitions/{10**40}", status=422)
    ask("petitions/0", status=422)


@pytest.fixture
def browser(community, now):
    """A resident's browser, which also sends the form's token."""
    browser = PlatformClient(enforce_csrf_checks=True)
    come_identified(browser, identified_resident(community, since=now - 2 * DAY))
    return browser


def sign(browser, petition, *, status, body=None, token=True):
    if token:
        browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post(
        f"{API}petitions/{petition.pk}/signatures", body or {"agree": True}, content_type="application/json",
        headers={"X-CSRFToken": "a" * 32} if token else {},
    )  # fmt: skip
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.json() if answer["Content-Type"].startswith("application/json") else {}


def test_a_resident_signs_once(petition, browser):
    assert sign(browser, petition, status=201)["count"] == 1
    refused = sign(browser, petition, status=409)
    assert refused == {"code": "petition.already_signed", "message": "Ви вже підписали цю петицію."}
    assert Signature.objects.get().channel == "api"


def test_nobody_signs_without_the_token_a_session_or_consent(petition, browser):
    sign(browser, petition, status=403, token=False)
    assert sign(browser, petition, status=403, body={"agree": False})["code"] == "petition.sign_in_first"
    assert sign(PlatformClient(), petition, status=403)["code"] == "petition.sign_in_first"
    assert sign(browser, petition, status=422, body={"agree": "можливо"})["code"] == "api.invalid"
    assert not Signature.objects.exists()


def test_signing_is_refused_with_its_status(petition, browser, now):
    stranger = PlatformClient()
    come_identified(stranger, identified_resident(CommunityFactory(), since=now - 2 * DAY))
    assert sign(stranger, petition, status=403)["code"] == "petition.not_a_member"
    ended = PetitionFactory(community=petition.community, collecting=True, state=State.ANSWERED)
    assert sign(browser, ended, status=409)["code"] == "petition.not_collecting"
    assert sign(browser, PetitionFactory(collecting=True), status=404)["code"] == "petition.missing"


@pytest.fixture
def admin(community):
    return staff(community, "community_admin")


@pytest.fixture
def key(community, admin, now):
    return make_key(community, BOT, by=admin, now=now)


def test_a_key_opens_the_api_and_remembers_the_day(petition, key, ask, now):
    ask(key=key)
    assert ApiKey.objects.get().last_used_on == now.date()


def test_a_key_that_does_not_hold_is_refused(petition, key, ask, community, admin, now):
    elsewhere = make_key(CommunityFactory(), BOT, by=admin, now=now)
    for bad in ("x", "edem_", "edem_1_2", key[:-1], key + "x", elsewhere):
        assert ask(status=403, key=bad)["code"] == "api.bad_key"
    ApiKey.objects.update(expires_at=now - timedelta(seconds=1))
    ask(status=403, key=key)
    ApiKey.objects.update(expires_at=now + DAY)
    ask(key=key)
    end_key(community, ApiKey.objects.get(community=community).pk, by=admin, now=now)
    ask(status=403, key=key)


def test_a_key_may_come_as_a_bearer(petition, key, client):
    for presented, status in ((key, 200), (f"{key}x", 403)):
        answer = client.get(f"{API}petitions", headers={"Authorization": f"Bearer {presented}"})
        assert answer.status_code == status


def test_a_key_lifts_the_limit_of_strangers(petition, key, client, monkeypatch):
    def asked(times, **headers):
        return [client.get(f"{API}petitions", headers=headers).json().get("code") for _ in range(times)]

    def strangers():
        monkeypatch.setattr(admission, "_STRANGERS", Limits(strangers_of_address=2))
        return asked(3), asked(1, **{"X-Api-Key": key})

    def holders():
        monkeypatch.setattr(admission, "_PROGRAMS", {})
        return asked(3, **{"X-Api-Key": key})

    assert within_a_minute(strangers) == ([None, None, "api.too_often"], [None])
    ApiKey.objects.update(per_minute=2)
    assert within_a_minute(holders) == [None, None, "api.too_often"]


def test_a_key_belongs_to_the_organisation_it_was_made_for(client, community, admin):
    ours, foreign = OrganisationFactory(community=community), OrganisationFactory()
    client.sign_in(admin)
    page = f"/{community.slug}/desk/api-keys/"
    assert client.post(page, {**ASKED, "organisation": foreign.pk}).status_code == 422
    assert not ApiKey.objects.exists()
    assert ours.name in client.post(page, {**ASKED, "organisation": ours.pk}).content.decode()
    assert ApiKey.objects.get().organisation == ours


def test_the_administrator_makes_and_ends_keys_and_only_sees_them_once(client, community, admin):
    client.sign_in(admin)
    page = f"/{community.slug}/desk/api-keys/"
    made = client.post(page, {**ASKED, "name": "<b>Бот</b>"}).content.decode()
    known = ApiKey.objects.get()
    whole = re.search(rf"edem_{known.prefix}_[\w-]{{43}}", made)[0]
    assert "<b>Бот</b>" not in made
    again = client.get(page).content.decode()
    assert whole not in again
    assert known.prefix in again
    assert client.post(page, {**ASKED, "name": ""}).status_code == 422
    assert client.post(f"{page}{known.pk}/end/").status_code == 302
    known.refresh_from_db()
    assert known.ended_at
    assert list(AuditEntry.objects.order_by("pk").values_list("act", flat=True)) == ["api_key.made", "api_key.ended"]


def test_keys_are_the_administrators_alone(client, community, admin, key):
    known = ApiKey.objects.get()
    pages = [("get", "desk/api-keys/"), ("post", "desk/api-keys/"), ("post", f"desk/api-keys/{known.pk}/end/")]
    own = CommunityFactory()
    moderator, outsider = staff(community, "moderator"), staff(own, "community_admin")
    for method, path in pages:
        assert getattr(PlatformClient(), method)(f"/zhytomyr/{path}").status_code == 302
        for worker in (moderator, outsider):
            visitor = PlatformClient()
            visitor.sign_in(worker)
            assert getattr(visitor, method)(f"/zhytomyr/{path}", ASKED).status_code == 403
    known.refresh_from_db()
    assert known.ended_at is None
    other = PlatformClient()
    other.sign_in(outsider)
    assert other.post(f"/{own.slug}/desk/api-keys/{known.pk}/end/").status_code == 404


def test_developers_are_told_where_everything_is(petition, client):
    page = client.get("/zhytomyr/developers/").content.decode()
    for words in ("/zhytomyr/api/v1/openapi.json", "X-Api-Key", "Електронні петиції"):
        assert words in page
