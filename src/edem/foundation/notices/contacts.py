"""Letters about a person's addresses: the code to the new one, the last word to the old one."""

from datetime import datetime
from uuid import UUID

from edem.foundation.communities.models import Community
from edem.foundation.identity.contacts.kinds import Kind
from edem.foundation.identity.events import ContactCodeAsked, ContactConfirmed, ContactRemoved
from edem.foundation.notices.actions import Mail, send_notice
from edem.foundation.notices.bouncing import settle
from edem.foundation.notices.facts import Fact
from edem.foundation.notices.one_address import CODE, REMOVED, REPLACED, TO
from edem.foundation.notices.topics import ACCOUNT


def send_code(event: ContactCodeAsked, *, now: datetime) -> None:
    if event.kind == Kind.EMAIL:
        _write(CODE, event.person_id, event.contact_id, event.community_id, now=now)


def tell_former_address(event: ContactConfirmed, *, now: datetime) -> None:
    """A mailbox that has just shown a code works; the old one hears that it is the old one."""
    if event.kind == Kind.EMAIL:
        settle(event.person_id, now=now)
        facts: dict[str, Fact] = {"instead": str(event.contact_id)}
        _write(REPLACED, event.person_id, event.former_id, event.community_id, now=now, more=facts)


def tell_removed_address(event: ContactRemoved, *, now: datetime) -> None:
    if event.kind == Kind.EMAIL:
        _write(REMOVED, event.person_id, event.contact_id, event.community_id, now=now)


def _write(
    template: str,
    person_id: UUID,
    contact_id: UUID | None,
    community_id: int,
    *,
    now: datetime,
    more: dict[str, Fact] | None = None,
) -> None:
    facts: dict[str, Fact] = {TO: str(contact_id) if contact_id else "", **(more or {})}
    mail = Mail(
        topic=ACCOUNT,
        template=template,
        path="/cabinet/contacts/",
        once=f"identity.{template.rpartition('/')[2].removesuffix('.html')}:{contact_id or (more or {})['instead']}",
        facts=facts,
    )
    send_notice(person_id, mail, community=Community.objects.get(pk=community_id), now=now)
