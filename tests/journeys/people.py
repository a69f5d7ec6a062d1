"""Those who walk: each has a browser of their own and does what a person would do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, TypeVar

from playwright.sync_api import Browser, Page, expect

from edem.config.sample.accounts import PASSWORD, totp_code, totp_secret
from edem.ui.tests.browser import faults_of
from tests.journeys.town import Town

Language = Literal["uk", "en"]
PHONE, DESK = 360, 1280
LOOKS = 40
KIND = """[
  location.pathname.replace(/\\d+/g, "N"),
  document.documentElement.lang,
  document.title.startsWith("Помилка") ? "errors" : "",
  ...[...document.querySelectorAll(".lead .state, main .notice, main .empty")].map(part => part.className + part.dataset.tone)
].join(" ")"""
"""Pages of one address are alike when they stand in the same state and say the same kinds of things."""
PATIENCE = 60_000
"""Milliseconds: two busy cores, several programs."""


@dataclass
class Walker:
    """A browser and the town. `look` is called on every page met."""

    town: Town
    page: Page
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.town.home}{path}")
        self.look()

    def press(self, name: str, *, leads_to: str = "") -> None:
        """Press a button or follow a link by its words, and look at the page that comes."""
        main = self.page.locator("main")
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()
        if leads_to:
            self.page.wait_for_url(f"**{leads_to}")
        self.look()

    def comes_to(self, path: str, sentence: str) -> None:
        """Look again until the page says it: what everybody is shown may be a moment old."""
        self.go(path)
        for _ in range(LOOKS):
            if sentence in self.page.locator("body").inner_text():
                break
            self.page.wait_for_timeout(250)
            self.page.reload()
        self.reads(sentence)

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)

    def look(self) -> None:
        """Accessible, and no wider than the screen, on a phone and on a desk; each kind of page once in a run."""
        self.page.wait_for_load_state()
        name = self.page.evaluate(KIND)
        if name in self.town.seen or not self.page.url.startswith(self.town.platform):
            return
        self.town.seen.add(name)
        for width in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.faults += [f"{name}, {width} px: {fault}" for fault in faults_of(self.page)]

    def speak(self, language: Language) -> None:
        words = {"uk": "Українська", "en": "English"}[language]
        self.page.locator("footer").get_by_role("link", name=words).click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)


class Resident(Walker):
    def sign_in(self, surname: str, *, outcome: str = "", method: str = "bank_id") -> None:
        """From wherever a page asked for it: the way, the stand of id.gov.ua or of BankID, and back."""
        self.page.locator(f"main input[name=method][value={method}]").check()
        self.press("Продовжити")
        self.page.get_by_label("Пошук за ім'ям").fill(surname)
        self.page.get_by_role("button", name="Шукати").click()
        if outcome:
            self.page.locator("summary").click()
            self.page.get_by_label(outcome).check()
        self.page.locator("button[name=person]").first.click()
        self.page.wait_for_url(f"{self.town.platform}/**")
        self.look()

    def consent(self) -> None:
        """The first time: read, agree, go on."""
        self.page.get_by_label("Я погоджуюся").check()
        self.press("Погоджуюся і входжу", leads_to="/sign-in/welcome/")

    def sign(self, petition: str) -> None:
        self.go(f"{petition}sign/")
        self.page.get_by_label("Погоджуюся").check()
        self.page.get_by_label("Писати мені").check()
        with self.page.expect_navigation():  # the script asks the intake first; the page changes when it has answered
            self.page.locator("main").get_by_role("button", name="Підписати").click()
        self.look()


class Worker(Walker):
    def sign_in(self, login: str) -> None:
        """Password, then the code of the moment, then the desk. A code works once, so whoever is in stays in."""
        self.page.context.add_cookies(self.town.badges.get(login, []))
        self.go("/desk/")
        if self.page.url.endswith("/desk/"):
            return
        self.page.get_by_label("Логін").fill(login)
        self.page.get_by_label("Пароль").fill(PASSWORD)
        self.page.locator("main").get_by_role("button", name="Увійти", exact=True).click()
        code = self.page.locator("main input[name=code]")
        code.wait_for()
        self.look()
        for _ in range(2):  # a code may grow old between reading and pressing
            code.fill(totp_code(totp_secret(login), datetime.now(UTC)))
            with self.page.expect_navigation():
                self.page.locator("main form button").first.click()
            if self.page.url.endswith("/desk/"):
                break
        self.page.wait_for_url("**/desk/")
        self.look()
        self.town.badges[login] = self.page.context.cookies()

    def unfold(self, name: str) -> None:
        """What does not wait stands folded, under what it is for."""
        named = self.page.get_by_role("link", name=name, exact=True, include_hidden=True)
        folded = self.page.locator("main .folds > details:not([open])").filter(has=named)
        if folded.count():
            folded.first.locator("summary").click()

    def take(self, step: str, *, writes: Sequence[tuple[str, str]] = (), ticks: str = "") -> None:
        """A step on the case's page: open its form, fill it in, confirm."""
        self.unfold(step)
        self.press(step)
        if ticks:
            self.page.get_by_label(ticks, exact=True).check()
        for label, words in writes:
            self.page.get_by_label(label).fill(words)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/case/")
        self.look()


Kind = TypeVar("Kind", bound=Walker)


@contextmanager
def walking(browser: Browser, town: Town, kind: type[Kind], *, scripts: bool = True) -> Iterator[Kind]:
    context = browser.new_context(java_script_enabled=scripts, locale="uk-UA")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    walker = kind(town=town, page=page)
    page.on("pageerror", lambda error: walker.faults.append(f"{page.url}: {error}"))
    try:
        yield walker
        assert not walker.faults, "\n".join(walker.faults)
    except Exception as error:
        error.add_note(f"{page.url}\n{page.locator('body').inner_text()[:1500]}\n{town.last_fault()}")
        raise
    finally:
        context.close()
