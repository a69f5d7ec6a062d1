"""The demo's first page: who you can be, how to sign in as them, and what to try."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from edem.config.sample.accounts import PASSWORD, seconds_left, totp_code, totp_secret
from edem.config.sample.generating import COMMUNITIES
from edem.config.sample.guide_words import english_words
from edem.config.sample.personas import PersonaText, personas
from edem.config.sample.reading import StaffText, community_text, petition_texts
from edem.foundation.people.roles import LABELS, Role
from edem.services.petitions.models import Petition


@dataclass(frozen=True, kw_only=True)
class ResidentGuide:
    """Someone to choose on the identity sandbox's page."""

    id: str
    name: str
    about: str
    to_try: tuple[str, ...]
    community: str
    path: str
    """Where to begin."""


@dataclass(frozen=True, kw_only=True)
class StaffGuide:
    login: str
    name: str
    role: str
    does: str
    community: str
    """Where they work; empty for the platform's own."""
    code: str
    """Of the second factor, right now."""
    path: str


@dataclass(frozen=True, kw_only=True)
class TourStep:
    """One step of the first walk: what to do, and where."""

    words: str
    path: str


@dataclass(frozen=True, kw_only=True)
class DemoGuide:
    tour: tuple[TourStep, ...]
    residents: tuple[ResidentGuide, ...]
    staff: tuple[StaffGuide, ...]
    password: str
    code_holds: int
    """Seconds for which the codes shown still hold."""
    staff_sign_in: str
    staff_without_password: str


def demo_guide(now: datetime) -> DemoGuide:
    return DemoGuide(
        tour=_tour(),
        residents=tuple(_resident(each) for each in personas()),
        staff=tuple(_worker(each, slug=slug, now=now) for slug in COMMUNITIES for each in community_text(slug).staff),
        password=PASSWORD,
        code_holds=seconds_left(now),
        staff_sign_in=reverse("staff_enter", urlconf=settings.ROOT_URLCONF),
        staff_without_password=reverse("staff_sandbox", urlconf=settings.ROOT_URLCONF),
    )


def _tour() -> tuple[TourStep, ...]:
    """A petition that lacks three signatures, carried by its visitor from there to an answer."""
    city, village = COMMUNITIES
    almost = path_of_petition(city, "light-lyceum-path")
    return (
        TourStep(
            words=gettext("Зайдіть у Вишневогірськ і прочитайте, що там відбувається просто зараз."), path=f"/{city}/"
        ),
        TourStep(
            words=gettext(
                "Петиції про ліхтарі до ліцею № 5 бракує трьох підписів. Підпишіть її як Олена Ткачук, тоді як "
                "Данило Савчук і як Денис Гуменюк."
            ),
            path=almost,
        ),
        TourStep(words=gettext("Увійдіть працівником officer і передайте петицію голові."), path=f"/{city}/desk/"),
        TourStep(words=gettext("Увійдіть як mayor: оголосіть розгляд і дайте відповідь."), path=f"/{city}/desk/"),
        TourStep(words=gettext("Погляньте на відповідь очима відвідувача, уже без входу."), path=almost),
        TourStep(
            words=gettext(
                "Повідомте про проблему як Олена Ткачук, прийміть її працівником shliakh, закрийте з фото й "
                "підтвердьте як авторка."
            ),
            path=f"/{city}/reports/",
        ),
        TourStep(
            words=gettext("Подивіться звіт за минулий тиждень: хто прийняв вчасно й що підтвердили автори."),
            path=f"/{city}/reports/periods/any/",
        ),
        TourStep(
            words=gettext("Порівняйте: у Калиновому Яру інший поріг, інші строки, інший вигляд."), path=f"/{village}/"
        ),
    )


def path_of_petition(slug: str, key: str) -> str:
    """Where the sample petition is; the list of petitions when somebody has removed it."""
    title = next(each.title for each in petition_texts(*community_text(slug).texts) if each.key == key)
    found = Petition.objects.filter(community__slug=slug, title=title).order_by("pk").first()
    return f"/{slug}/petitions/{found.pk}/" if found else f"/{slug}/petitions/"


def _resident(persona: PersonaText) -> ResidentGuide:
    told = english_words().residents[persona.id] if _reads_english() else None
    return ResidentGuide(
        id=persona.id,
        name=persona.full_name,
        about=told.about if told else persona.about,
        to_try=told.try_ if told else persona.try_,
        community=_place(persona.community),
        path=f"/{persona.community}/",
    )


def _worker(text: StaffText, *, slug: str, now: datetime) -> StaffGuide:
    return StaffGuide(
        login=text.login,
        name=text.name,
        role=gettext(LABELS[Role(text.role)]),
        does=english_words().staff[text.login] if _reads_english() else text.does,
        community=_place(slug) if text.organisation else "",
        code=totp_code(totp_secret(text.login), now),
        path=f"/{slug}/desk/",
    )


def _place(slug: str) -> str:
    """Where: with its preposition."""
    return english_words().places[slug] if _reads_english() else community_text(slug).name_locative


def _reads_english() -> bool:
    return get_language() == "en"


def accounts_as_text() -> str:
    """For the terminal: no codes, for they would be stale before they are read."""
    lines = [
        f"  Who you can be and what to try:  {settings.EDEM.base_url}/demo/",
        "",
        f"  Staff, all with the password {PASSWORD}:",
    ]
    for slug in COMMUNITIES:
        lines += [
            f"    {each.login:<16} {LABELS[Role(each.role)]} — {each.name}" for each in community_text(slug).staff
        ]
    return "\n".join(lines) + "\n"
