"""The text that a person signs to come in: readable, for one browser, for one time, for ten minutes."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from django.contrib.sessions.backends.base import SessionBase

from edem.kernel.deadlines import KYIV
from edem.kernel.errors import NotAllowed

KEY = "sign_in_challenge"
LIFE = timedelta(minutes=10)
MOST_TRIES = 20
"""Checking a signature is work: so many files may be tried against one text."""

_TEXT = """\
Вхід на e-DEM
Сайт: {site}
Час: {at:%d.%m.%Y %H:%M:%S} за київським часом
Одноразовий код: {nonce}

Підписуючи цей текст, я підтверджую свою особу, щоб увійти на цей сайт.
Текст діє до {until:%H:%M} і лише в тому браузері, де його видано.
"""
"""The same in every language of the pages: it is what was signed, to the byte."""
_ON_PHONE = "Код на екрані телефона: {code}\n"
_SCREEN = "Вхід на e-DEM. Код {code}"


def with_code(text: str, code: str) -> str:
    """For a phone: what is signed names the code that its owner compares."""
    return text + _ON_PHONE.format(code=code)


def screen_of(code: str) -> str:
    """What the phone shows; operators cut long words."""
    return _SCREEN.format(code=code)


@dataclass(frozen=True, kw_only=True)
class Challenge:
    text: str
    until: float
    tries: int = 0

    @property
    def content(self) -> bytes:
        return self.text.encode()

    @classmethod
    def made(cls, *, site: str, now: datetime) -> Self:
        until, nonce = now + LIFE, secrets.token_hex(16)
        text = _TEXT.format(site=site, at=now.astimezone(KYIV), until=until.astimezone(KYIV), nonce=nonce)
        return cls(text=text, until=until.timestamp())


def offered(session: SessionBase, *, site: str, now: datetime, is_refused: bool = False) -> Challenge:
    """The browser's own text: the same on every opening of the page while half of its life is left.

    After a refusal it stays to its end: what was wrong may be mended without signing anew.
    """
    known = _kept(session)
    least = timedelta(0) if is_refused else LIFE / 2
    if known and known.tries < MOST_TRIES and known.until - least.total_seconds() > now.timestamp():
        return known
    challenge = Challenge.made(site=site, now=now)
    session[KEY] = asdict(challenge)
    return challenge


def awaited(session: SessionBase, *, now: datetime) -> Challenge:
    """What a signature that comes now must be over; each asking counts as a try."""
    known = _kept(session)
    if known is None:
        raise NotAllowed("identity.challenge_unknown")
    if known.until <= now.timestamp() or known.tries >= MOST_TRIES:
        forget(session)
        raise NotAllowed("identity.challenge_expired")
    session[KEY] = asdict(known) | {"tries": known.tries + 1}
    return known


def forget(session: SessionBase) -> None:
    """It has let somebody in and will let in nobody else."""
    session.pop(KEY, None)


def _kept(session: SessionBase) -> Challenge | None:
    found = session.get(KEY)
    return Challenge(**found) if found else None
