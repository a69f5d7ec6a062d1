"""The few words of an SMS: seventy letters of Ukrainian are one part, and a council pays for each."""

from django.utils.translation import gettext as _

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.identity.contacts.code_letters import AwaitedCode
from edem.kernel.deadlines import KYIV

LONGEST = 201
"""Three parts."""


def text_of_code(code: AwaitedCode) -> str:
    until = f"{code.expires_at.astimezone(KYIV):%H:%M}"
    return _("%(code)s — код підтвердження. Діє до %(until)s. Нікому його не кажіть.") % {
        "code": code.code,
        "until": until,
    }


def text_of_notice(words: str, path: str, *, community: Community) -> str:
    """The address stays whole; the words give way."""
    address = address_of_page(community, path)
    room = LONGEST - len(address) - 1
    said = f"{community.name}: {words}"
    return f"{said if len(said) <= room else said[: max(room - 1, 0)].rstrip() + '…'} {address}"
