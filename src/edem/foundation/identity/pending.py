"""Claims of a newcomer who has not consented yet: sealed in their own session, for ten minutes, nowhere else."""

import json
from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from edem.foundation.identity.claims import Claims
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.sealing import Unsealable, seal, unseal
from edem.kernel.errors import NotAllowed

KEY = "pending_claims"
LIFE = timedelta(minutes=10)
_PLACE = "session.pending_claims"


def keep(session: SessionBase, claims: Claims, *, now: datetime) -> None:
    plain = json.dumps([claims.as_mapping(), (now + LIFE).timestamp()]).encode()
    session[KEY] = b64encode(seal(plain, place=_PLACE, ring=vault_keys())).decode()


def kept(session: SessionBase, *, now: datetime) -> Claims:
    try:
        stored, until = json.loads(unseal(b64decode(session.get(KEY, "")), place=_PLACE, ring=vault_keys()))
    except Unsealable:
        raise NotAllowed("identity.claims_expired") from None
    if until <= now.timestamp():
        forget(session)
        raise NotAllowed("identity.claims_expired")
    return Claims.restored(stored)


def forget(session: SessionBase) -> None:
    session.pop(KEY, None)
