"""How staff come in and go out: a passkey, a city's own provider, an emergency, every device at once."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import Browser, expect

from edem.config.front_door.tests.serving import cloned_database, writing_to
from edem.config.sample.accounts import PASSWORD, totp_secret
from edem.foundation.communities.models import Community
from edem.foundation.people.models import OutsideAccount, Person, RoleGrant
from edem.foundation.people.outside.actions import ProviderFacts, add_provider
from edem.foundation.people.roles import Role
from simulators.mailbox.letters import Mailbox
from tests.journeys.people import Walker, Worker, walking
from tests.journeys.post import letter_about
from tests.journeys.town import DOOR, SLUG, Town, environment_of, running
from tests.standards.openid_provider import CLIENT_ID, CLIENT_SECRET, INSTALLED, city_provider
from tools.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAFF = {
    "nova": Role.MODERATOR,
    "misto": Role.MODERATOR,
    "cherhovyi": Role.ON_CALL,
    "moderator": Role.MODERATOR,
    "specialist": Role.OFFICER,
    "dvichi": Role.MODERATOR,
}
WITHOUT_FACTOR = {"nova"}
CONTROL = "control@vyshnevohirsk.example"
REASON = "Модератор у лікарні, а в черзі текст із погрозою життю."


@pytest.fixture(scope="session")
def house(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Town]:
    """A small town of staff alone, at `localhost`: a passkey belongs to a name, never to a number."""
    folder: Path = tmp_path_factory.mktemp("doors")
    port, smtp, letters = free_port(), free_port(), free_port()
    platform = f"http://localhost:{port}"
    with django_db_blocker.unblock(), ExitStack() as stack:
        database = stack.enter_context(cloned_database(f"doors_{token_hex(3)}"))
        with writing_to(database):
            settle()
        surroundings = environment_of(port, smtp=smtp, stand=platform, database=database, state=folder) | {
            "EDEM_BASE_URL": platform,
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        }
        post = ["simulators.mailbox", f"--smtp-port={smtp}", f"--port={letters}", f"--folder={folder / 'mail'}"]
        stack.enter_context(running(post, port=smtp, surroundings=surroundings))
        stack.enter_context(running(["django", "work"], port=None, surroundings=surroundings))
        door = [DOOR, "--interface=asgi", f"--port={port}", "--no-ws", "edem.config.asgi:application"]
        stack.enter_context(running(door, port=port, surroundings=surroundings))
        yield Town(
            platform=platform, database=database, mailbox=Mailbox(folder / "mail"), signing="", phones="", folder=folder
        )


def settle() -> None:
    now = datetime.now(UTC)
    community = Community.objects.create(
        slug=SLUG, katottg="UA05020030010063857", name="Вишневогірська міська громада",
        name_genitive="Вишневогірської міської громади", name_locative="у Вишневогірську",
        name_key="вишневогірська", council_name="Вишневогірська міська рада", is_open=True,
        services=["petitions"], languages=["uk"], contact_email=CONTROL,
    )  # fmt: skip
    for login, role in STAFF.items():
        person = Person(login=login, display_name=f"Працівник {login}", name_key=login, created_at=now)
        person.set_password(PASSWORD)
        person.save()
        RoleGrant.objects.create(person=person, community=community, role=role, granted_at=now)
        if login not in WITHOUT_FACTOR:
            TOTP.activate(person, totp_secret(login))


@pytest.fixture
def rows_of_staff(transactional_db: None, house: Town) -> Iterator[None]:
    with writing_to(house.database):
        yield


def type_password(walker: Walker, login: str) -> None:
    walker.page.get_by_label("Логін").fill(login)
    walker.page.get_by_label("Пароль").fill(PASSWORD)
    walker.page.locator("main").get_by_role("button", name="Увійти", exact=True).click()


def leave(walker: Walker) -> None:
    walker.go(f"{walker.town.platform}/sign-out/")
    walker.page.locator("main form button").first.click()
    walker.page.wait_for_load_state()


def give_a_finger(walker: Walker) -> None:
    """Chromium's own virtual authenticator: a platform key that knows its owner."""
    session = walker.page.context.new_cdp_session(walker.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_opens_the_desk_with_the_password_and_without_it(browser: Browser, house: Town) -> None:
    with walking(browser, house, Walker) as worker:
        give_a_finger(worker)
        worker.go("/desk/")
        type_password(worker, "nova")
        worker.page.wait_for_url("**/staff/second-factor/")
        worker.press("Додати ключ", leads_to="/keys/add/")
        worker.page.get_by_label("Назва ключа").fill("Робочий ноутбук")
        worker.page.get_by_label("Входити самим ключем, без пароля").check()
        with worker.page.expect_navigation():
            worker.page.get_by_role("button", name="Додати ключ").click()
        worker.go("/desk/")
        worker.reads("Робочий стіл", "Працівник nova")

        leave(worker)
        worker.go("/desk/")
        worker.page.get_by_role("button", name="Увійти ключем").click()
        worker.page.wait_for_url("**/desk/")

        leave(worker)
        worker.go("/desk/")
        type_password(worker, "nova")
        worker.page.get_by_role("button", name="Скористатися ключем").click()
        worker.page.wait_for_url("**/desk/")


@pytest.mark.skipif(not INSTALLED, reason="node_modules has no oidc-provider: ./edem setup brings it")
@pytest.mark.usefixtures("rows_of_staff")
def test_a_worker_comes_through_the_citys_provider_and_leaves_it_too(browser: Browser, house: Town) -> None:
    person = Person.objects.get(login="misto")
    with city_provider(back=[f"{house.platform}/staff/outside/misto/back/"], signed_out=f"{house.platform}/") as city:
        now = datetime.now(UTC)
        facts = ProviderFacts(
            code="misto", name="Вхід міста", issuer=city.issuer, client_id=CLIENT_ID, secret=CLIENT_SECRET,
            community_id=Community.objects.get(slug=SLUG).pk, second_factors=["mfa"],
        )  # fmt: skip
        provider = add_provider(facts, by=None, now=now)
        OutsideAccount.objects.create(provider=provider, person=person, subject="worker-1", linked_at=now)
        city.next(amr=["pwd", "mfa"])
        with walking(browser, house, Walker) as worker:
            worker.go("/desk/")
            worker.press("Увійти через «Вхід міста»", leads_to="/desk/")
            worker.reads("Працівник misto")
            leave(worker)
            worker.reads("Тут ви вийшли, а в «Вхід міста» — ще ні")
            worker.look()
            worker.page.get_by_role("link", name="Вийти з «Вхід міста»").click()
            worker.page.wait_for_url(f"{city.issuer}/**")

            city.next(mode="tampered")
            worker.go("/desk/")
            worker.press("Увійти через «Вхід міста»")
            worker.reads("не пройшла перевірки")


@pytest.mark.usefixtures("rows_of_staff")
def test_an_emergency_from_the_reason_to_the_review(browser: Browser, house: Town) -> None:
    codes = RecoveryCodes.activate(Person.objects.get(login="cherhovyi")).get_unused_codes()
    with (
        walking(browser, house, Worker) as on_call,
        walking(browser, house, Worker) as moderator,
        walking(browser, house, Worker) as officer,
    ):
        on_call.sign_in("cherhovyi")
        moderator.sign_in("moderator")
        break_the_glass(on_call, code=codes[0])

        moderator.go("/desk/")
        moderator.reads("Відкрито аварійний доступ: Працівник cherhovyi")
        on_call.go("/desk/")
        on_call.reads("Відкрито аварійний доступ", "Петиції на перевірку")
        assert letter_about(house, CONTROL, "Відкрито аварійний доступ", REASON)

        on_call.go(f"{house.platform}/operator/emergency/{SLUG}/")
        on_call.press("Закрити зараз")
        on_call.reads("Аварійний доступ закрито")
        moderator.go("/desk/")
        expect(moderator.page.locator("body")).not_to_contain_text("Відкрито аварійний доступ")

        officer.sign_in("specialist")
        review(officer)


def break_the_glass(on_call: Worker, *, code: str) -> None:
    on_call.press("Аварійний доступ", leads_to=f"/operator/emergency/{SLUG}/")
    on_call.press("Підтвердити, що це я")
    on_call.page.get_by_label("Код").fill(code)
    on_call.page.locator("main form button").first.click()
    on_call.page.wait_for_url(f"**/operator/emergency/{SLUG}/")
    on_call.look()
    on_call.page.get_by_label("модератор").check()
    on_call.page.get_by_label("2", exact=True).check()
    on_call.page.get_by_label("Підстава").fill(REASON)
    on_call.press("Відкрити доступ")
    on_call.reads("Аварійний доступ відкрито", "модератор")


def review(officer: Worker) -> None:
    officer.reads("Аварійний доступ: перевірити підставу")
    officer.press("Працівник cherhovyi", leads_to="/admin-desk/emergencies/*/")
    officer.reads(REASON)
    officer.page.get_by_label("підстава була").check()
    officer.page.get_by_label("Пояснення").fill("Підтверджено: модератор на лікарняному.")
    officer.press("Записати висновок")
    officer.reads("підстава була")
    officer.go("/emergency-access/")
    officer.reads("модератор: 1")


def test_who_leaves_everywhere_is_out_on_the_other_device(browser: Browser, house: Town) -> None:
    with walking(browser, house, Worker) as at_work, walking(browser, house, Worker) as at_home:
        at_work.sign_in("dvichi")
        at_home.page.context.add_cookies(house.badges["dvichi"])
        at_home.go("/desk/")
        at_home.reads("Робочий стіл")
        at_work.go(f"{house.platform}/staff/second-factor/")
        at_work.press("Мої входи", leads_to="/sign-in/sessions/")
        at_work.press("Вийти всюди")
        at_home.page.reload()
        at_home.page.wait_for_url("**/staff/sign-in/**")
        at_home.reads("Вхід для працівників")
