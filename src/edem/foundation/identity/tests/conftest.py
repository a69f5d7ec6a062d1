"""A real stand of id.gov.ua on loopback, a community with settlements, and a browser that walks between them."""

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from django.test import Client

from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.identity import revocations
from edem.foundation.identity.providers import id_gov_ua
from edem.foundation.identity.providers.bank_id import way as bank_id
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, CommunityFactory, GrantFactory
from edem.foundation.places.models import Unit
from edem.kernel.ukrainian import sort_key
from simulators.authority import write_root
from simulators.id_gov_ua.running import CLIENT_ID, CLIENT_SECRET, running_stand
from simulators.running import SEED, TOKEN, running_bank, running_crypto_service


@pytest.fixture(autouse=True)
def _fresh_process():
    revocations.forget_all()


@pytest.fixture(scope="session")
def stand_address():
    with running_stand("--slow-seconds", "12") as address:
        yield address


@pytest.fixture
def stand(stand_address, settings, monkeypatch):
    """The platform is connected to the stand; its patience is short."""
    given = {"id_gov_ua_url": stand_address, "id_gov_ua_client_id": CLIENT_ID, "id_gov_ua_client_secret": CLIENT_SECRET}
    settings.EDEM = settings.EDEM.model_copy(update=given)
    monkeypatch.setattr(id_gov_ua, "PATIENCE_SECONDS", 3.0)
    return stand_address


@pytest.fixture(scope="session")
def bank_address():
    with running_bank("--slow-seconds", "12") as address:
        yield address


@pytest.fixture(scope="session")
def crypto_address():
    with running_crypto_service("--slow-seconds", "12") as address:
        yield address


@pytest.fixture(scope="session")
def trust_folder(tmp_path_factory):
    """Where the operator's trust list is: the root of the stands."""
    folder = tmp_path_factory.mktemp("trust")
    write_root(SEED, into=folder)
    return folder


@pytest.fixture
def key_holder(crypto_address, settings):
    """The installation's decryption key is held by the crypto service."""
    given = {"crypto_service_url": crypto_address, "crypto_service_token": TOKEN}
    settings.EDEM = settings.EDEM.model_copy(update=given)
    return crypto_address


@pytest.fixture
def encrypted(stand, key_holder, settings, monkeypatch):
    """The platform asks id.gov.ua for encrypted answers; the stand makes its keys at the first of them."""
    monkeypatch.setattr(id_gov_ua, "PATIENCE_SECONDS", 10.0)
    settings.EDEM = settings.EDEM.model_copy(update={"id_gov_ua_encrypted": True})


@pytest.fixture
def bank(bank_address, key_holder, trust_folder, settings, monkeypatch):
    """The platform is connected to BankID, and the community offers it."""
    given = {"bank_id_url": bank_address, "bank_id_client_id": CLIENT_ID, "bank_id_client_secret": CLIENT_SECRET}
    settings.EDEM = settings.EDEM.model_copy(update={**given, "trust_dir": trust_folder})
    monkeypatch.setattr(bank_id, "PATIENCE_SECONDS", 3.0)
    return bank_address


def offer(community, *methods):
    return CharterVersion.objects.create(
        community=community, service="sign_in", version=1, in_force_from="2020-01-01T00:00Z", act_title="Рішення",
        act_number="1", act_date="2020-01-01", values={"methods": list(methods)},
    )  # fmt: skip


def unit(code, name, category, parent=None, community_code=""):
    return Unit.objects.create(
        code=code, name=name, name_key=sort_key(name), category=category, parent=parent, community_code=community_code
    )


@pytest.fixture
def vyshnevohirsk(db) -> Community:
    """Вишневогірська громада of Вишневогірська область, with its city and a village."""
    return community_with_settlements(
        "UA9901", oblast="Вишневогірська", settlements=[("Вишневогірськ", "M"), ("Лісове", "C"), ("Підгір'я", "C")]
    )


def community_with_settlements(prefix, *, oblast, settlements, raion="Вишневий", slug="vyshnevohirsk"):
    def code(tail):
        return f"{prefix}{tail:013}"

    top = unit(code(1), oblast, "O")
    district = unit(code(2), raion, "P", top)
    community = CommunityFactory(slug=slug, katottg=code(3))
    own = unit(code(3), community.name, "H", district, code(3))
    for number, (name, category) in enumerate(settlements, start=10):
        unit(code(number), name, category, own, code(3))
    return community


class Resident:
    """A resident's browser: walks to the stand, chooses somebody, and comes back."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser

    def __getattr__(self, name: str) -> object:
        return getattr(self.browser, name)

    def another(self, **headers: str) -> "Resident":
        """A second browser, with a session of its own."""
        return Resident(type(self.browser)(headers=headers))

    def start(self, *, next_path="/", method="bank_id", community=""):
        """To the provider's page; gives its request."""
        answer = self.post("/sign-in/", {"method": method, "next": next_path, "community": community})
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    def choose(self, authorise_url, person="1001", **more):
        """Choose on the stand; gives the address it sends the browser back to."""
        parts = urlsplit(authorise_url)
        asked = dict(parse_qsl(parts.query))
        answer = httpx.post(f"{parts.scheme}://{parts.netloc}/choose", data={**asked, "person": person, **more})
        assert answer.status_code == 303, answer.text
        back = urlsplit(answer.headers["location"])
        return f"{back.path}?{back.query}"

    def come(self, person="1001", *, next_path="/", method="bank_id", community="", **more):
        """The whole way up to the platform's answer."""
        start = self.start(next_path=next_path, method=method, community=community)
        return self.get(self.choose(start, person, **more))

    def sign_in(self, person="1001", **more):
        """The whole way through, consent included when it is asked."""
        answer = self.come(person, **more)
        if answer.status_code == 302 and answer.url == "/sign-in/consent/":
            answer = self.post("/sign-in/consent/", {"agrees": "on"})
        return answer


@pytest.fixture
def resident(client: Client) -> Resident:
    return Resident(client)


@pytest.fixture
def officers(vyshnevohirsk):
    """Two, since what is told of a person is decided by two."""
    return [GrantFactory(role=Role.OFFICER, community=vyshnevohirsk).person for _ in range(2)]


@pytest.fixture
def about(vyshnevohirsk):
    """Where, why and when a proposal is made."""
    return {"community_id": vyshnevohirsk.pk, "evidence": "паспорт і картка платника податків", "now": MARCH_1}
