"""One SMS: whom to, what it says, and what the gateway answered. Nothing of it is kept or logged."""

from datetime import datetime
from typing import Final

from django.utils import translation

from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.addresses import address_for, address_in
from edem.foundation.identity.contacts.code_letters import awaited_code
from edem.foundation.notices.models import Message, MessageState
from edem.foundation.notices.post import Outcome
from edem.foundation.notices.queries import is_texted
from edem.foundation.notices.sms.choosing import gateway
from edem.foundation.notices.sms.port import Report
from edem.foundation.notices.sms.texts import text_of_code, text_of_notice
from edem.foundation.people.models import Person

_OUTCOMES: Final = {
    Report.DELIVERED: MessageState.DELIVERED,
    Report.UNDELIVERED: MessageState.FAILED,
    Report.ACCEPTED: MessageState.SENT,
}


def send_text(message: Message, *, now: datetime) -> Outcome | str:
    """A word instead of an outcome: nothing was sent, and why."""
    way = gateway()
    if way is None:
        return "no_gateway"
    person = Person.objects.filter(pk=message.person_id, is_active=True).order_by("pk").first()
    if person is None:
        return "no_address"
    with translation.override(message.language):
        text, to = _code(message, person, now=now) if message.contact_id else _news(message, person, now=now)
    return way.send(message.pk, to=to, text=text) if to else text


def ask_what_became(message: Message, *, now: datetime) -> None:
    """A delivery report; it also tells what became of a message whose answer was lost."""
    way = gateway()
    report = way.report(message.pk) if way else None
    message.asked_at = now
    if report in _OUTCOMES:
        message.state = _OUTCOMES[report]
    elif report is Report.NOT_KNOWN and message.state == MessageState.UNKNOWN:
        message.reply = "not_known"  # it never came there: whoever decides may send it again without a doubt
    message.save(update_fields=["asked_at", "state", "reply"])


def _code(message: Message, person: Person, *, now: datetime) -> tuple[str, str]:
    assert message.contact_id is not None
    code = awaited_code(message.contact_id)
    if code is None or code.expires_at <= now:
        return "late", ""
    return text_of_code(code), address_in(message.contact_id, person=person, now=now)


def _news(message: Message, person: Person, *, now: datetime) -> tuple[str, str]:
    """What was turned off after it was queued is not sent."""
    if not is_texted(message.person_id, message.topic):
        return "unsubscribed", ""
    to = address_for(person, Kind.PHONE, now=now)
    return text_of_notice(message.words, message.path, community=message.community) if to else "no_address", to
