"""Letters about a person's addresses: the code to the new one, the last word to the old one."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.code_letters import awaited_code
from edem.foundation.identity.events import ContactCodeAsked, ContactConfirmed, ContactRemoved
from edem.foundation.notices.actions import Mail, send_notice
from edem.foundation.notices.bouncing import settle
from edem.foundation.notices.messaging import queue_messages
from edem.foundation.notices.models import Channel, Message
from edem.foundation.notices.one_address import CODE, REMOVED, REPLACED, TO
from edem.foundation.notices.topics import ACCOUNT
from edem.foundation.people.models import Person

PAGE: Final = "/cabinet/contacts/"


def send_code(event: ContactCodeAsked, *, now: datetime) -> None:
    if event.kind == Kind.EMAIL:
        _write(CODE, event, to=event.contact_id, now=now)
    else:
        _text_code(event, now=now)


def tell_former_address(event: ContactConfirmed, *, now: datetime) -> None:
    """A mailbox that has just shown a code works; the old one hears that it is the old one."""
    if event.kind == Kind.EMAIL:
        settle(event.person_id, now=now)
        _write(REPLACED, event, to=event.former_id, now=now)


def tell_removed_address(event: ContactRemoved, *, now: datetime) -> None:
    if event.kind == Kind.EMAIL:
        _write(REMOVED, event, to=event.contact_id, now=now)


def _write(
    template: str,
    event: ContactCodeAsked | ContactConfirmed | ContactRemoved,
    *,
    to: UUID | None,
    now: datetime,
) -> None:
    """The occasion is named by the address that the event is about: it may be confirmed, replaced and removed."""
    what = template.rpartition("/")[2].removesuffix(".html")
    mail = Mail(
        topic=ACCOUNT,
        template=template,
        path=PAGE,
        once=f"identity.{what}:{event.contact_id}",
        facts={TO: str(to) if to else ""},
    )
    send_notice(event.person_id, mail, community=Community.objects.get(pk=event.community_id), now=now)


@transaction.atomic
def _text_code(event: ContactCodeAsked, *, now: datetime) -> None:
    person = Person.objects.filter(pk=event.person_id, is_active=True).order_by("pk").first()
    code = awaited_code(event.contact_id)
    if person is None or code is None:
        return
    message = Message(
        community_id=event.community_id,
        person_id=person.pk,
        channel=Channel.SMS,
        contact_id=event.contact_id,
        language=person.language,
        topic=ACCOUNT,
        path=PAGE,
        once=f"identity.contact_code:{event.contact_id}",
        created_at=now,
        not_before=now,
        expires_at=code.expires_at,
    )
    queue_messages([message])
