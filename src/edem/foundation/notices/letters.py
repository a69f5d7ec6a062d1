"""A letter made of a notice: the subject, the HTML and the same words as plain text."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.notices.codes import EVERYTHING, code_of, code_of_digest
from edem.foundation.notices.digests import DIGEST, groups_of
from edem.foundation.notices.models import Notice, Subscription
from edem.foundation.notices.naming import name_of
from edem.foundation.notices.one_address import CODE, ONE_ADDRESS, code_in
from edem.foundation.notices.plain import text_of, title_of
from edem.foundation.notices.rendering import ORNAMENT_CID, rendered, shortened
from edem.foundation.notices.replies.quotes import REPLY_ABOVE
from edem.foundation.notices.replies.taking import reply_address
from edem.foundation.notices.subjects import Rhythm
from edem.foundation.notices.tokens import Letters, seal
from edem.foundation.notices.topics import topics

__all__ = ["ORNAMENT_CID", "Letter", "letter_of", "subject_of", "unsubscribe_url"]
MAILINGS = "/cabinet/mailing/"


@dataclass(frozen=True, kw_only=True)
class Letter:
    subject: str
    text: str
    html: str
    unsubscribe_url: str


def letter_of(notice: Notice) -> Letter:
    """Render the notice's template in its addressee's language."""
    subscription = _subscription_of(notice)
    stop = unsubscribe_url(notice, subscription)
    with translation.override(notice.language):
        around = {**_around(notice, subscription), "unsubscribe_url": stop}
        html = rendered(
            notice.template, notice.facts, community=notice.community, language=notice.language, around=around
        )
    return Letter(subject=shortened(title_of(html)), text=text_of(html), html=html, unsubscribe_url=stop)


def subject_of(notice: Notice) -> str:
    """The line that stands for the notice in lists."""
    return letter_of(notice).subject


def unsubscribe_url(notice: Notice, subscription: Subscription | None = None) -> str:
    """Empty for a body's own mailbox and for what only one address hears: neither is a subscription."""
    if notice.person_id is None or notice.template in ONE_ADDRESS:
        return ""
    if subscription:
        return _stop_url(Letters(notice.person_id, code_of(subscription)))
    if notice.template == DIGEST:
        rhythm = Rhythm(notice.facts["rhythm"])
        return _stop_url(Letters(notice.person_id, code_of_digest(notice.community_id, rhythm)))
    return _stop_url(Letters(notice.person_id, notice.topic))


def _stop_url(letters: Letters) -> str:
    path = reverse("notices:unsubscribe", args=[seal(letters)], urlconf=settings.ROOT_URLCONF)
    # reverse() puts the request's community in front when there is one; this page lives on the platform's own host.
    return f"{settings.EDEM.base_url}{path[path.index('/mail/') :]}"


def _subscription_of(notice: Notice) -> Subscription | None:
    if notice.subscription_id is None:
        return None
    return Subscription.objects.filter(pk=notice.subscription_id).order_by("pk").first()


def _around(notice: Notice, subscription: Subscription | None) -> dict[str, object]:
    """What stands around the words: where the page is, why the letter came, how to have fewer."""
    around: dict[str, object] = {
        "link": address_of_page(notice.community, notice.path),
        "topic": translation.gettext(topics()[notice.topic]),
        "reply_mark": translation.gettext(REPLY_ABOVE) if reply_address(notice) else "",
    }
    if notice.template == DIGEST:
        around["groups"] = groups_of(notice)
    if notice.template == CODE:
        around["code"] = code_in(notice)
    if notice.person_id and (subscription or notice.template == DIGEST):
        around["followed"] = name_of(notice.community, subscription.subject) if subscription else ""
        around["mailings_url"] = address_of_page(notice.community, MAILINGS)
        around["stop_all_url"] = _stop_url(Letters(notice.person_id, EVERYTHING))
    return around
