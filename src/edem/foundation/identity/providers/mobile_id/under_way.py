"""A MobileID request on its way, sealed in the browser's own session: the phone number stands nowhere else."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Self

from django.contrib.sessions.backends.base import SessionBase

from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.providers.challenge import Challenge, with_code
from edem.foundation.identity.sealing import Unsealable, seal, unseal
from edem.kernel.errors import NotAllowed, Refused

KEY = "mobile_id"
_PLACE = "session.mobile_id"


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    phone: str
    code: str
    """Four digits, the same on the page and on the phone: so one sees whose request one answers."""
    text: str
    until: float
    next_path: str
    community: str
    transaction: str = ""
    """Empty until the request was sent."""
    asked_at: float = 0
    refused: str = ""
    """What the page's script heard, for the page that says it."""
    is_fault: bool = False
    """It was the service's refusal and not about the person."""

    @property
    def content(self) -> bytes:
        return self.text.encode()

    @classmethod
    def begun(cls, challenge: Challenge, *, phone: str, code: str, next_path: str, community: str) -> Self:
        text = with_code(challenge.text, code)
        return cls(phone=phone, code=code, text=text, until=challenge.until, next_path=next_path, community=community)

    def sent(self, transaction: str, *, until: float) -> Self:
        return replace(self, transaction=transaction, until=until)

    def heard(self, refusal: Refused) -> Self:
        return replace(self, refused=refusal.code, is_fault=isinstance(refusal, ProviderFault))

    def asked(self, now: datetime) -> Self:
        return replace(self, asked_at=now.timestamp())


def keep(session: SessionBase, request: UnderWay) -> None:
    plain = json.dumps(asdict(request)).encode()
    session[KEY] = b64encode(seal(plain, place=_PLACE, ring=vault_keys())).decode()


def kept(session: SessionBase, *, now: datetime) -> UnderWay:
    try:
        stored = json.loads(unseal(b64decode(session.get(KEY, "")), place=_PLACE, ring=vault_keys()))
    except Unsealable:
        raise NotAllowed("identity.mobile_id_not_begun") from None
    request = UnderWay(**stored)
    if request.until <= now.timestamp():
        raise NotAllowed("identity.mobile_id_expired")
    return request


def forget(session: SessionBase) -> None:
    session.pop(KEY, None)
