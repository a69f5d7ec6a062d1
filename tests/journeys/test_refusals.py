"""What is refused, and what one is told to do then: sign-in, signing, moderation."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Resident, Walker, Worker, walking
from tests.journeys.post import letter_about
from tests.journeys.steps import publish, write_petition
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("rows")
def test_one_signs_once_and_neighbours_of_another_community_are_told_what_to_do(browser: Browser, town: Town) -> None:
    petition = published_petition(browser, town, "Петро Гнатюк просить розклад на кожній зупинці", "Гнатюк Петро")

    with walking(browser, town, Resident) as signer:
        signer.go(petition)
        signer.press("Підписати петицію")
        signer.sign_in("Руденко Максим")
        signer.sign(petition)
        signer.page.wait_for_url("**/thanks/")
        signer.go(f"{petition}sign/")
        signer.reads("Ви вже підписали цю петицію")

    for scripts in (True, False):
        with walking(browser, town, Resident, scripts=scripts) as stranger:
            stranger.go(petition)
            stranger.press("Підписати петицію")
            stranger.sign_in("Коць Роман")
            if scripts:
                stranger.consent()
                stranger.press("Далі")
            stranger.reads("Поки що ви не можете підписати", "Що зробити", "ЦНАП")


@pytest.mark.usefixtures("rows")
def test_a_petition_comes_back_is_mended_and_goes_again(browser: Browser, town: Town) -> None:
    title = "Зробити щось із дорогою за гаражами на Деповській"
    with walking(browser, town, Resident) as author:
        author.go("/petitions/start/")
        author.sign_in("Данилюк Ірина")
        petition = write_petition(author, title)

        moderated(browser, town, petition, "Повернути на доопрацювання", [("Що виправити", "Назвіть вулицю точніше.")])
        assert letter_about(town, "iryna.danyliuk@poshta.example", "", "Назвіть вулицю точніше.")
        author.go("/")
        author.reads("Чекає на вас", title)
        author.go(f"{petition}edit/")
        author.reads("Назвіть вулицю точніше.")
        author.page.get_by_label("Назва").fill("")
        author.press("Далі: перевірити")
        author.reads("Виправте помилки", "Заповніть: «Назва»")
        author.page.get_by_label("Назва").fill(f"{title}, від № 2 до № 14")
        author.press("Далі: перевірити", leads_to="/check/")
        author.press("Надіслати на перевірку", leads_to="/submitted/")
    publish(browser, town, petition)


@pytest.mark.usefixtures("rows")
def test_a_refusal_has_its_ground_and_stands_in_the_public_log(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as author:
        author.go("/petitions/start/")
        author.sign_in("Мороз Віктор")
        petition = write_petition(author, "Знизити податок на прибуток у всій країні")
        why = "Податки встановлює Верховна Рада."
        reason = [("Поясніть автору", why)]
        moderated(browser, town, petition, "Відхилити", reason, ground="Питання не належить до повноважень ради")
        author.go(petition)
        author.reads("Петицію відхилено", "Питання не належить до повноважень ради")
    assert letter_about(town, "viktor.moroz@poshta.example", "відхилено", why)
    with walking(browser, town, Walker) as visitor:
        visitor.go("/moderation/")
        visitor.reads("Питання не належить до повноважень ради", why)


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.full)], ids=["with scripts", "without scripts"]
)
@pytest.mark.usefixtures("rows")
def test_whoever_changes_their_mind_at_sign_in_may_try_again(browser: Browser, town: Town, *, scripts: bool) -> None:
    with walking(browser, town, Resident, scripts=scripts) as resident:
        resident.go("/cabinet/")
        resident.sign_in("Бондар Марія", outcome="Людина передумала")
        resident.reads("Увійти не вдалося")
        resident.press("Спробувати ще раз")
        resident.sign_in("Бондар Марія")
        resident.reads("Бондар Марія", "Мої підписи")


def published_petition(browser: Browser, town: Town, title: str, surname: str) -> str:
    with walking(browser, town, Resident) as author:
        author.go("/petitions/start/")
        author.sign_in(surname)
        petition = write_petition(author, title)
    publish(browser, town, petition)
    return petition


def moderated(
    browser: Browser, town: Town, petition: str, step: str, writes: list[tuple[str, str]], *, ground: str = ""
) -> None:
    with walking(browser, town, Worker) as moderator:
        moderator.sign_in("moderator")
        moderator.go(f"{petition}case/")
        moderator.take(step, writes=writes, ticks=ground)
