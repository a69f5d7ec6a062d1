"""What a message with a code says; asked when it goes out, and nothing of it is kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edem.foundation.identity.contacts.codes import code_of
from edem.foundation.identity.models import Contact


@dataclass(frozen=True, kw_only=True)
class AwaitedCode:
    code: str
    expires_at: datetime


def awaited_code(contact_id: UUID) -> AwaitedCode | None:
    """None when it is used up or replaced."""
    waits = Contact.objects.filter(pk=contact_id, confirmed_at__isnull=True, ended_at__isnull=True)
    found = waits.order_by("pk").first()
    return AwaitedCode(code=code_of(found), expires_at=found.expires_at) if found else None
