"""Signing in and signing by КЕП and by MobileID, in a browser: with a person's own program, a widget, a phone."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from subprocess import run
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Download, expect

from edem.config.env import ROOT
from edem.config.sample.personas import persona_phone, personas
from edem.config.sample.records import persona_record
from edem.foundation.communities.models import Community
from edem.foundation.identity.models import MembershipFact, SignIn
from edem.foundation.people.models import Person
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.tests.factories import PetitionFactory
from simulators.mobile_id.running import press, waiting_phones
from simulators.signing_widget.running import signed_file
from tests.journeys.people import Resident, Worker, walking
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILE, WIDGET, PHONE = "Файл із підписом", "Підпис у браузері", "MobileID напряму"


@pytest.fixture
def petition(rows: None) -> Petition:  # the town's own rows
    from datetime import UTC, datetime, timedelta

    now = datetime.now(UTC)
    return PetitionFactory(
        community=Community.objects.get(slug=SLUG),
        collecting=True,
        number=8000 + Petition.objects.count(),
        title="Тепла зупинка біля школи",
        published_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        required=200,
    )


class Signer(Resident):
    """A resident with a key of their own, and a program that signs with it."""

    def choose(self, way: str) -> None:
        self.page.get_by_label(way, exact=False).first.check()
        self.press("Продовжити")

    def signs_text(self, person: str, *, button: str, **how: str) -> None:
        """Save the text, sign it outside, bring the file."""
        with self.page.expect_download() as saving:
            self.page.get_by_role("link", name="Зберегти текст").click()
        signed = signed_file(self.town.signing, content_of(saving.value), person=person, **how)
        self.page.get_by_label("Файл із підписом").set_input_files(
            {"name": "text.txt.p7s", "mimeType": "application/pkcs7-signature", "buffer": signed}
        )
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button, exact=True).click()
        self.look()


def content_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.full)], ids=["with scripts", "without scripts"]
)
def test_a_file_lets_a_resident_in_and_another_signs_the_petition(
    browser: Browser, town: Town, petition: Petition, tmp_path: Path, scripts: bool
) -> None:
    with walking(browser, town, Signer, scripts=scripts) as olena:
        olena.go(f"/petitions/{petition.pk}/kep/")
        olena.choose(FILE)
        olena.reads("Одноразовий код", "Сам ключ і пароль нам не потрібні")
        olena.signs_text("mariia-bondar", button="Увійти", key="expired")
        olena.reads("Сертифікат зараз не діє")
        olena.signs_text("olena-tkachuk", button="Увійти", form="detached")
        expect(olena.page).to_have_url(f"{town.home}/petitions/{petition.pk}/kep/")

        olena.page.get_by_label("Погоджуюся").check()
        olena.signs_text("mariia-bondar", button="Підписати")
        olena.reads("Цей підпис іншої людини")
        olena.page.get_by_label("Погоджуюся").check()
        olena.signs_text("olena-tkachuk", button="Підписати", level="bare")
        olena.page.wait_for_url("**/thanks/")
        olena.comes_to(f"/petitions/{petition.pk}/", "КЕП під текстом петиції")
    signature = Signature.objects.get(petition_id=petition.pk)
    assert (signature.channel, signature.public_name) == ("kep", "Ткачук Олена Андріївна")
    taken_by_the_council(browser, town, petition, tmp_path)


def taken_by_the_council(browser: Browser, town: Town, petition: Petition, folder: Path) -> None:
    """The bundle is checked by our own command, with no network and no database."""
    with walking(browser, town, Worker) as officer:
        officer.sign_in("officer")
        officer.go(f"/petitions/{petition.pk}/exports/")
        officer.page.get_by_label("Підписи КЕП").check()
        officer.press("Підготувати")
        with officer.page.expect_download() as saving:
            officer.page.get_by_role("link", name="Завантажити").click()
        ZipFile(BytesIO(content_of(saving.value))).extractall(folder)
    [signed] = (folder / "signatures").glob("*.p7s")
    command = ["./edem", "verify-signature", str(signed), "--trust", str(folder / "trust"), "--strict"]
    checked = run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Ткачук" in checked.stdout, checked.stdout + checked.stderr
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_widget_signs_in_the_browser_and_the_key_stays_there(
    browser: Browser, town: Town, petition: Petition
) -> None:
    with walking(browser, town, Signer) as mariia:
        mariia.go(f"/petitions/{petition.pk}/sign/")
        mariia.choose(WIDGET)
        widget = mariia.page.frame_locator("iframe")
        mariia.page.get_by_role("button", name="Підписати й увійти").click()
        mariia.reads("Чекаємо, доки ви виберете ключ")
        widget.get_by_role("button", name="Скасувати").click()
        mariia.reads("Підписати не вдалося")

        widget.get_by_label("Хто підписує").select_option("mariia-bondar")
        widget.get_by_role("button", name="Зчитати ключ").click()
        mariia.page.get_by_role("button", name="Підписати й увійти").click()
        mariia.page.wait_for_url(f"**/petitions/{petition.pk}/sign/")
        mariia.reads("Бондар Марія Іванівна")
        mariia.go(f"/petitions/{petition.pk}/kep/")
        mariia.page.get_by_role("link", name="Підписати просто в браузері").click()
        widget.get_by_label("Хто підписує").select_option("mariia-bondar")
        widget.get_by_role("button", name="Зчитати ключ").click()
        mariia.page.get_by_label("Погоджуюся").check()
        mariia.page.get_by_role("button", name="Підписати", exact=True).click()
        mariia.page.wait_for_url("**/thanks/")
    assert SignIn.objects.filter(method="kep_widget", person__display_name="Бондар Марія Іванівна").exists()
    assert Signature.objects.get(petition_id=petition.pk).channel == "kep"


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.full)], ids=["with scripts", "without scripts"]
)
@pytest.mark.usefixtures("rows")
def test_a_phone_lets_a_resident_in_once_the_codes_are_the_same(browser: Browser, town: Town, scripts: bool) -> None:
    danylo = next(each for each in personas() if each.id == "danylo-savchuk")
    with walking(browser, town, Signer, scripts=scripts) as resident:
        resident.go("/cabinet/")
        resident.choose(PHONE)
        resident.page.get_by_label("Ваш номер телефону").fill(persona_phone(danylo))
        resident.press("Надіслати запит", leads_to="/sign-in/mobile-id/wait/")
        ringing = waiting_phones(town.phones)[-1]
        resident.reads(ringing["shown"].rpartition(" ")[2], "Чекаємо на вашу відповідь")
        press(town.phones, ringing["transaction"])
        resident.page.wait_for_url("**/cabinet/")
        resident.reads("Савчук Данило")


@pytest.mark.usefixtures("rows")
def test_a_bank_and_a_file_end_in_one_account(browser: Browser, town: Town) -> None:
    """By the file nobody learns where one lives; the bank says it, of the same person."""
    with walking(browser, town, Signer) as roman:
        roman.go("/cabinet/")
        roman.choose(FILE)
        roman.signs_text("roman-kots", button="Увійти")
        roman.consent()
        roman.page.context.clear_cookies()
        roman.go("/cabinet/")
        roman.sign_in("Коць")
    people = Person.objects.filter(display_name__startswith="Коць Роман")
    assert people.count() == 1
    ways = SignIn.objects.filter(person=people.get()).order_by("pk").values_list("method", flat=True)
    assert list(ways) == ["kep_file", "bank_id"]
    assert not MembershipFact.objects.filter(person=people.get(), basis="").exists()


@pytest.mark.usefixtures("rows")
def test_whoever_comes_by_phone_brings_proof_of_address_to_the_cnap_and_signs(
    browser: Browser, town: Town, petition: Petition
) -> None:
    """The certificate on a SIM card names no address, so the first sign-in alone opens no petition."""
    hanna = next(each for each in personas() if each.id == "hanna-lysenko")
    page = f"/petitions/{petition.pk}/"
    with walking(browser, town, Signer) as resident:
        resident.go(page)
        resident.press("Підписати петицію")
        resident.choose(PHONE)
        resident.page.get_by_label("Ваш номер телефону").fill(persona_phone(hanna))
        resident.press("Надіслати запит", leads_to="/sign-in/mobile-id/wait/")
        press(town.phones, waiting_phones(town.phones)[-1]["transaction"])
        resident.page.wait_for_url("**/consent/")
        resident.consent()
        resident.go(f"{page}sign/")
        resident.reads("ЦНАП")
        confirmed_at_the_desk(browser, town, str(persona_record(hanna, today=kyiv_day(datetime.now(UTC)))["drfocode"]))
        resident.sign(page)
        resident.page.wait_for_url("**/thanks/")
        resident.reads("Ваш підпис зараховано")
    assert Signature.objects.get(petition_id=petition.pk).assurance == "mobile_id_direct"


def confirmed_at_the_desk(browser: Browser, town: Town, number: str) -> None:
    with walking(browser, town, Worker) as clerk:
        clerk.sign_in("cnap")
        clerk.press("Підтвердити місце проживання", leads_to="/members/")
        clerk.page.get_by_label("Податковий номер або номер паспорта").fill(number)
        clerk.press("Знайти")
        clerk.reads("Лисенко Ганна", "Належність до громади не підтверджено")
        clerk.press("Підтвердити належність до громади", leads_to="/prove/")
        clerk.page.get_by_label("Рішення уповноваженого спеціаліста").check()
        clerk.page.get_by_label("Який документ ви бачили?").fill("паспорт із місцем проживання")
        clerk.press("Підтвердити")
        clerk.reads("Належить до громади за рішенням уповноваженого спеціаліста")
