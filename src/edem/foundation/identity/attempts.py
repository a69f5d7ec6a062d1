"""The one-time state of a sign-in under way: the protocol's only protection, so it is bound to the session."""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from edem.foundation.identity.claims import Method
from edem.kernel.errors import NotAllowed

KEY = "sign_in_attempts"
LIFE = timedelta(minutes=10)
AT_ONCE = 5
"""Tabs of one browser that may be on their way at the same time."""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    method: str
    next_path: str
    community: str
    started_at: str


def begin(session: SessionBase, *, method: Method, next_path: str, community: str, now: datetime) -> str:
    state = secrets.token_urlsafe(32)
    attempt = Attempt(method=method.value, next_path=next_path, community=community, started_at=now.isoformat())
    others = list(session.get(KEY, {}).items())[-(AT_ONCE - 1) :]
    session[KEY] = dict([*others, (_hash(state), asdict(attempt))])
    return state


def finish(session: SessionBase, state: str, *, now: datetime) -> Attempt:
    """Take the attempt out, so the same answer cannot come twice; refuse what this browser did not begin."""
    attempts = session.get(KEY, {})
    found = attempts.pop(_hash(state), None)
    session[KEY] = attempts
    if found is None or "method" not in found:  # an attempt begun before an upgrade has no method
        raise NotAllowed("identity.state_unknown")
    attempt = Attempt(**found)
    if datetime.fromisoformat(attempt.started_at) + LIFE <= now:
        raise NotAllowed("identity.state_expired")
    return attempt


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
