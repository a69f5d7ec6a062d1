"""A wish to sign, as it reaches the platform: from the page's script, a plain form or the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from edem.foundation.identity.passes import pass_of
from edem.foundation.intake.passes import ActPass
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid
from edem.services.petitions.rules.collecting import Signer

MOST_ID: Final = 2**63
PURPOSE: Final = "petition"
"""The purpose whose key makes the marks of signers."""


@dataclass(slots=True, kw_only=True, eq=False)
class NewSignature:
    """One person's wish to sign, as it arrived. Two wishes are never the same one, whatever they say.

    Not frozen: one is made for every act, and a frozen one takes four times as long to make.
    """

    community_id: int
    petition_id: int
    marks: Mapping[int, bytes]
    """Key version → the person's mark; a petition keeps the version it began with to its end."""
    person_id: UUID
    public_name: str
    signer: Signer
    channel: str
    settlement_code: str
    arrived_at: datetime
    follows: bool = False

    def mark_for(self, key_version: int) -> bytes:
        mark = self.marks.get(key_version)
        if mark is None:
            raise Conflict("petition.sign_in_anew")
        return mark


def signature_wished(
    act_pass: ActPass, *, community_id: int, petition_id: int, follows: bool, channel: str, arrived_at: datetime
) -> NewSignature:
    """A signature as the act pass vouches for it; nothing about the person is read from the database."""
    settlement = settlement_of(act_pass, community_id)
    return NewSignature(
        community_id=community_id,
        petition_id=petition_id,
        marks=marks_in(act_pass),
        person_id=act_pass.person_id,
        public_name=act_pass.display_name,
        signer=Signer(is_member=settlement is not None, age=act_pass.age, assurance=act_pass.method),
        channel=channel,
        settlement_code=settlement or "",
        arrived_at=arrived_at,
        follows=follows,
    )


def signature_by(
    person: Person,
    *,
    session_key: str,
    community_id: int,
    petition_id: int,
    follows: bool,
    channel: str,
    now: datetime,
) -> NewSignature:
    """A signature by a plain form or the API: the same facts, drawn at this moment instead of from the cookie."""
    act_pass = pass_of(person, session_key=session_key, now=now)
    return signature_wished(
        act_pass,
        community_id=community_id,
        petition_id=petition_id,
        follows=follows,
        channel=channel,
        arrived_at=now,
    )


def settlement_of(act_pass: ActPass, community_id: int) -> str | None:
    """Where in the community the person lives; None when they are no member of it."""
    for community, settlement_code, _since in act_pass.memberships:
        if community == community_id:
            return settlement_code
    return None


def marks_in(act_pass: ActPass) -> Mapping[int, bytes]:
    """The current mark and those of earlier keys, under which older petitions still collect."""
    current = act_pass.marks.get(PURPOSE)
    found = {act_pass.key_version: bytes.fromhex(current)} if current else {}
    for name, mark in act_pass.earlier_marks.items():
        purpose, _, version = name.partition("/")
        if purpose == PURPOSE:
            found[int(version)] = bytes.fromhex(mark)
    return found


def wish_from_intake(
    act_pass: ActPass, community_id: int, body: Mapping[str, Any], arrived_at: datetime
) -> NewSignature:
    """Read what the page's script sent: {"petition": 5, "follow": true}."""
    petition_id = body.get("petition")
    if not isinstance(petition_id, int) or not 0 < petition_id < MOST_ID or body.get("agree") is not True:
        raise Invalid("petition.missing")
    return signature_wished(
        act_pass,
        community_id=community_id,
        petition_id=petition_id,
        follows=body.get("follow") is True,
        channel="online",
        arrived_at=arrived_at,
    )
