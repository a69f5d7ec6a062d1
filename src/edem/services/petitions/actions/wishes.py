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


@dataclass(frozen=True, kw_only=True, eq=False)
class NewSignature:
    """One person's wish to sign, as it arrived. Two wishes are never the same one, whatever they say."""

    community_id: int
    petition_id: int
    marks: tuple[tuple[int, bytes], ...]
    """Key version → the person's mark; a petition keeps the version it began with to its end."""
    person_id: UUID
    public_name: str
    signer: Signer
    channel: str
    settlement_code: str
    arrived_at: datetime
    follows: bool = False
    sheet_id: int | None = None
    """The paper sheet it came on."""

    def mark_for(self, key_version: int) -> bytes:
        mark = dict(self.marks).get(key_version)
        if mark is None:
            raise Conflict("petition.sign_in_anew")
        return mark


def signature_wished(
    act_pass: ActPass, *, community_id: int, petition_id: int, follows: bool, channel: str, arrived_at: datetime
) -> NewSignature:
    """A signature as the act pass vouches for it; nothing about the person is read from the database."""
    membership = next((each for each in act_pass.memberships if each[0] == community_id), None)
    return NewSignature(
        community_id=community_id,
        petition_id=petition_id,
        marks=marks_in(act_pass),
        person_id=act_pass.person_id,
        public_name=act_pass.display_name,
        signer=Signer(is_member=membership is not None, age=act_pass.age, assurance=act_pass.method),
        channel=channel,
        settlement_code=membership[1] if membership else "",
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


def marks_in(act_pass: ActPass) -> tuple[tuple[int, bytes], ...]:
    """The current mark and those of earlier keys, under which older petitions still collect."""
    found = {act_pass.key_version: act_pass.marks.get(PURPOSE, "")}
    for name, mark in act_pass.earlier_marks.items():
        purpose, _, version = name.partition("/")
        if purpose == PURPOSE:
            found[int(version)] = mark
    return tuple((version, bytes.fromhex(mark)) for version, mark in sorted(found.items()) if mark)


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
