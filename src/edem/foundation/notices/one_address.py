"""Letters to one address, whatever the person chose for others: a code to the new one, the last word to the old one."""

from datetime import datetime
from typing import Final
from uuid import UUID

from edem.foundation.identity.contacts.code_letters import AwaitedCode, awaited_code
from edem.foundation.notices.models import Notice

CODE: Final = "notices/account/contact_code.html"
REPLACED: Final = "notices/account/contact_replaced.html"
REMOVED: Final = "notices/account/contact_removed.html"
ONE_ADDRESS: Final = frozenset({CODE, REPLACED, REMOVED})
TO: Final = "to_contact"
"""Among the facts: the address's number in the vault; empty for the one that the provider named."""


def code_in(notice: Notice) -> AwaitedCode | None:
    """Made anew each time the letter is: it is kept nowhere."""
    return awaited_code(UUID(str(notice.facts[TO])))


def is_late(notice: Notice, *, now: datetime) -> bool:
    """A code that can no more be typed is not sent."""
    if notice.template != CODE:
        return False
    code = code_in(notice)
    return code is None or code.expires_at <= now
