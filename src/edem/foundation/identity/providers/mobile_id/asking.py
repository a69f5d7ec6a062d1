"""Sending a request to a phone, and what came of it. A stranger's phone must not be rung at will: few requests each."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Final

from django.conf import settings

from edem.foundation.identity.claims import Claims, Method
from edem.foundation.identity.providers.challenge import Challenge, screen_of
from edem.foundation.identity.providers.mobile_id.connector import DONE, PHONE_SECONDS, connector
from edem.foundation.identity.providers.mobile_id.messages import Answer, Wish
from edem.foundation.identity.providers.mobile_id.under_way import UnderWay
from edem.foundation.identity.providers.signer import claims_of
from edem.foundation.identity.signatures.checking import check_signature
from edem.foundation.people.tries import once_more
from edem.kernel.errors import Invalid, TooOften, Unavailable
from edem.kernel.kep.errors import Unreadable

MOST_FOR_A_PHONE: Final = 3
WINDOW: Final = timedelta(minutes=10)
AT_ONCE: Final = 4
"""Pages that may wait for a phone on one connection, in each process: the others have pages to answer."""
BETWEEN_LOOKS: Final = timedelta(seconds=2)
SPARE: Final = timedelta(seconds=15)

_waiting = BoundedSemaphore(AT_ONCE)


def begun(phone: str, *, next_path: str, community: str, now: datetime) -> UnderWay:
    if once_more(f"phone {phone}", within_seconds=int(WINDOW.total_seconds())) > MOST_FOR_A_PHONE:
        raise TooOften("identity.mobile_id_too_often")
    challenge = Challenge.made(site=settings.EDEM.base_url, now=now)
    code = f"{secrets.randbelow(10_000):04}"
    return UnderWay.begun(challenge, phone=phone, code=code, next_path=next_path, community=community)


def rung(request: UnderWay, *, now: datetime) -> UnderWay:
    """Send the request and remember its number: the answer is asked for later."""
    answer = connector().ask(_wish(request), now=now)
    until = min(request.until, (now + timedelta(seconds=PHONE_SECONDS) + SPARE).timestamp())
    return request.sent(answer.transaction, until=until)


def answered_at_once(request: UnderWay, *, now: datetime) -> Claims:
    """Send the request and wait for the phone on the same connection."""
    if not _waiting.acquire(blocking=False):
        raise Unavailable("identity.mobile_id_busy")
    try:
        answer = connector().ask(_wish(request), now=now)
    finally:
        _waiting.release()
    return signed_by(answer, request, now=now)


def is_to_be_asked(request: UnderWay, *, now: datetime) -> bool:
    """A page that is looked at again and again does not hurry the service."""
    return now.timestamp() - request.asked_at >= BETWEEN_LOOKS.total_seconds()


def answered(request: UnderWay, *, now: datetime) -> Claims | None:
    """None while the phone has not answered."""
    answer = connector().standing(request.transaction, msisdn=request.phone, now=now)
    return signed_by(answer, request, now=now) if answer.status in DONE else None


def signed_by(answer: Answer, request: UnderWay, *, now: datetime) -> Claims:
    """The service's word is not enough: the signature is over our text, and its certificate says whose it is."""
    if answer.status not in DONE or not answer.signature:
        raise Invalid("identity.mobile_id_wrong_signature")
    try:
        verdict = check_signature(answer.signature, request.content, now=now)
    except Unreadable:
        raise Invalid("identity.mobile_id_wrong_signature") from None
    needs_qualified = settings.EDEM.kep_needs_qualified
    claims = claims_of(
        verdict, over=request.content, method=Method.MOBILE_ID_DIRECT, needs_qualified=needs_qualified, now=now
    )
    return replace(claims, phone=request.phone.lstrip("+"))


def _wish(request: UnderWay) -> Wish:
    return Wish(
        msisdn=request.phone,
        to_sign=request.text,
        to_show=screen_of(request.code),
        profile=settings.EDEM.mobile_id_profile,
        seconds=PHONE_SECONDS,
    )
