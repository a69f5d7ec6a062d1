"""A letter made of a notice: the subject, the HTML and the same words as plain text."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.notices.facts import unpacked
from edem.foundation.notices.models import Notice
from edem.foundation.notices.plain import text_of, title_of
from edem.foundation.notices.tokens import Subscription, seal
from edem.foundation.notices.topics import topics

ORNAMENT_CID = "ornament"
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, kw_only=True)
class Letter:
    subject: str
    text: str
    html: str
    unsubscribe_url: str


def letter_of(notice: Notice) -> Letter:
    """Render the notice's template in its addressee's language."""
    stop = unsubscribe_url(notice)
    with translation.override(notice.language):
        html = render_to_string(notice.template, _context(notice, notice.community, stop))
    return Letter(subject=shortened(title_of(html)), text=text_of(html), html=html, unsubscribe_url=stop)


def subject_of(notice: Notice) -> str:
    """The line that stands for the notice in lists."""
    return letter_of(notice).subject


def unsubscribe_url(notice: Notice) -> str:
    """Empty for a body's own mailbox: official letters are not a subscription."""
    if notice.person_id is None:
        return ""
    token = seal(Subscription(notice.person_id, notice.topic))
    path = reverse("notices:unsubscribe", args=[token], urlconf=settings.ROOT_URLCONF)
    # reverse() puts the request's community in front when there is one; this page lives on the platform's own host.
    return f"{settings.EDEM.base_url}{path[path.index('/mail/') :]}"


def shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_SUBJECT else line[: _LONGEST_SUBJECT - 1].rstrip() + "…"


def _context(notice: Notice, community: Community, stop: str) -> dict[str, object]:
    return {
        **unpacked(notice.facts),
        "community": community,
        "language": notice.language,
        "link": address_of_page(community, notice.path),
        "topic": translation.gettext(topics()[notice.topic]),
        "unsubscribe_url": stop,
        "ornament": f"cid:{ORNAMENT_CID}",
    }
