"""The sealed act pass: dated eligibility in a cookie, so that a mass act reads not a single row (design §3.3)."""

import json
from base64 import urlsafe_b64encode
from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pydantic_core import from_json

from edem.foundation.identity import revocations
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.marks import Mark, name_of
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.identity.rules import Standing
from edem.foundation.identity.sealing import Unsealable, seal, unseal
from edem.kernel.errors import NotAllowed

COOKIE = "edem_pass"
LIFE = timedelta(minutes=10)
_PLACE = "edem_pass"
_USE = "act pass"
_FROM_URLSAFE = bytes.maketrans(b"-_", b"+/")


class Marks(dict[str, str]):
    """Purpose → hex; who has not come through id.gov.ua has none, and that is a refusal, not a bug."""

    def __missing__(self, purpose: str) -> str:
        raise NotAllowed("identity.not_identified")


@dataclass(slots=True, kw_only=True)
class Pass:
    """Not frozen: one is made for every mass act, and a frozen one takes four times as long to make."""

    person_id: UUID
    session_key: str
    display_name: str
    assurance: str
    method: str
    """How the person signed in: what the public split of signatures tells."""
    marks: Mapping[str, str]
    """Purpose → hex, under the current key."""
    key_version: int
    memberships: tuple[tuple[int, str, datetime], ...]
    age: int | None
    expires_at: datetime
    earlier_marks: Mapping[str, str] = field(default_factory=dict)
    """«petition/1» → hex, for subjects that began under a key that has since been followed by another."""
    bases: Mapping[int, str] = field(default_factory=dict)

    def mark_under(self, purpose: MarkPurpose, *, key_version: int) -> Mark:
        """The mark by the key a subject began with, which it keeps to its end."""
        hexed = (
            self.marks[purpose]
            if key_version == self.key_version
            else self.earlier_marks[name_of(purpose, key_version)]
        )
        return Mark(bytes.fromhex(hexed), key_version)

    def standing_in(self, community_id: int) -> Standing:
        for community, settlement_code, since in self.memberships:
            if community == community_id:
                basis = self.bases.get(community_id, "")
                return Standing(
                    is_member=True, since=since, settlement_code=settlement_code, basis=basis,
                    assurance=self.assurance, age=self.age,
                )  # fmt: skip
        return Standing(assurance=self.assurance, age=self.age)


def seal_pass(act_pass: Pass) -> str:
    """The cookie's value: nobody without the key reads or changes it."""
    facts = (
        act_pass.expires_at.timestamp(),
        act_pass.session_key,
        act_pass.person_id.hex,
        act_pass.display_name,
        act_pass.assurance,
        act_pass.method,
        act_pass.marks,
        act_pass.key_version,
        act_pass.earlier_marks,
        [(one, code, since.timestamp()) for one, code, since in act_pass.memberships],
        act_pass.bases,
        act_pass.age,
    )
    plain = json.dumps(facts, separators=(",", ":"), ensure_ascii=False).encode()
    return urlsafe_b64encode(seal(plain, place=_PLACE, ring=vault_keys(), use=_USE)).decode()


def open_pass(cookie: str, now: datetime) -> Pass | None:
    """The pass, unless it is forged, older than its life or its session has been ended."""
    try:
        sealed = a2b_base64(cookie.encode("ascii").translate(_FROM_URLSAFE))
        facts = from_json(unseal(sealed, place=_PLACE, ring=vault_keys(), use=_USE))
    except (Unsealable, NotBase64, ValueError):
        return None
    expires_at, session_key, person, name, assurance, method, marks, key_version, earlier, known, bases, age = facts
    if expires_at <= now.timestamp() or revocations.is_revoked(session_key):
        return None
    return Pass(
        person_id=UUID(person),
        session_key=session_key,
        display_name=name,
        assurance=assurance,
        method=method,
        marks=Marks(marks),
        key_version=key_version,
        earlier_marks=earlier,
        memberships=tuple([(one, code, datetime.fromtimestamp(since, UTC)) for one, code, since in known]),
        bases={int(one): basis for one, basis in bases.items()} if bases else {},
        age=age,
        expires_at=datetime.fromtimestamp(expires_at, UTC),
    )
