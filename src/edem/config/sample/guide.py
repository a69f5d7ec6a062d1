"""The demo's first page: who you can be, how to sign in as them, and what to try."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from edem.config.sample.accounts import PASSWORD, seconds_left, totp_code, totp_secret
from edem.config.sample.generating import COMMUNITIES
from edem.config.sample.personas import PersonaText, personas
from edem.config.sample.reading import StaffText, community_text
from edem.foundation.people.roles import LABELS, Role


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
    code: str
    """Of the second factor, right now."""
    path: str


@dataclass(frozen=True, kw_only=True)
class DemoGuide:
    residents: tuple[ResidentGuide, ...]
    staff: tuple[StaffGuide, ...]
    password: str
    code_holds: int
    """Seconds for which the codes shown still hold."""
    staff_sign_in: str
    staff_without_password: str


def demo_guide(now: datetime) -> DemoGuide:
    return DemoGuide(
        residents=tuple(_resident(each) for each in personas()),
        staff=tuple(_worker(each, slug=slug, now=now) for slug in COMMUNITIES for each in community_text(slug).staff),
        password=PASSWORD,
        code_holds=seconds_left(now),
        staff_sign_in=reverse("staff_enter", urlconf=settings.ROOT_URLCONF),
        staff_without_password=reverse("staff_sandbox", urlconf=settings.ROOT_URLCONF),
    )


def _resident(persona: PersonaText) -> ResidentGuide:
    return ResidentGuide(
        id=persona.id,
        name=persona.full_name,
        about=persona.about,
        to_try=persona.try_,
        community=community_text(persona.community).name,
        path=f"/{persona.community}/",
    )


def _worker(text: StaffText, *, slug: str, now: datetime) -> StaffGuide:
    return StaffGuide(
        login=text.login,
        name=text.name,
        role=gettext(LABELS[Role(text.role)]),
        does=text.does,
        community=community_text(slug).name,
        code=totp_code(totp_secret(text.login), now),
        path=f"/{slug}/desk/",
    )


def accounts_as_text() -> str:
    """For the terminal: no codes, for they would be stale before they are read."""
    lines = [
        f"  Who you can be and what to try:  {settings.EDEM.base_url}/demo/",
        "",
        f"  Staff, all with the password {PASSWORD}:",
    ]
    for slug in COMMUNITIES:
        lines += [
            f"    {each.login:<14} {LABELS[Role(each.role)]} — {each.name}" for each in community_text(slug).staff
        ]
    return "\n".join(lines) + "\n"
