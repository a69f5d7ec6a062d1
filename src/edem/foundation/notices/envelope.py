"""The letter in its envelope: headers, both bodies and the ornament (RFC 5322, RFC 8058)."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from edem.foundation.communities.models import Community
from edem.foundation.notices.hosts import host_name, sender_address
from edem.foundation.notices.letters import ORNAMENT_CID, Letter
from edem.foundation.notices.models import Notice
from edem.foundation.notices.ornament import ornament_png
from edem.foundation.notices.replies.taking import reply_address

_POLICY = SMTP.clone(max_line_length=78)


def message_of(notice: Notice, letter: Letter, *, address: str, now: datetime) -> bytes:
    """A value that would break out of its header raises ValueError: the email package watches it."""
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = letter.subject
    message["From"] = Address(_sender_name(notice.community), addr_spec=sender_address())
    message["To"] = Address(addr_spec=address)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{notice.id}@{host_name()}>"
    message["Auto-Submitted"] = "auto-generated"
    if answers_to := reply_address(notice) or notice.community.contact_email:
        message["Reply-To"] = Address(_sender_name(notice.community), addr_spec=answers_to)
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _fill(message, letter, notice.community)
    return message.as_bytes()


def _sender_name(community: Community) -> str:
    return " ".join(community.name.split())


def _fill(message: EmailMessage, letter: Letter, community: Community) -> None:
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    picture = ornament_png(community.katottg, community.accent)
    html.add_related(picture, "image", "png", cid=f"<{ORNAMENT_CID}>", disposition="inline")
