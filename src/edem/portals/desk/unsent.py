"""Letters, SMS and messages to browsers whose fate is unknown: the community decides what goes out again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edem.foundation.catalog.manifest import DeskQueue, QueueItem
from edem.foundation.communities.models import Community
from edem.foundation.notices import resending, resending_message
from edem.foundation.notices.models import MailState, Message, MessageState, Notice
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.ukrainian import N_

MOST = 200
"""Of each kind, the oldest: after a day without a mail server there may be thousands."""
administrators = staff.having(Role.COMMUNITY_ADMIN)


def items(community: Community, _now: datetime) -> Sequence[QueueItem]:
    """They have no term: what is no news any more is better left alone."""
    letters = resending.letters_for_the_desk(community.pk)[:MOST]
    messages = resending_message.messages_for_the_desk(community.pk)[:MOST]
    return [
        *(_item(each.subject, f"/desk/letters/{each.id}/", str(MailState(each.state).label)) for each in letters),
        *(_item(each.words, f"/desk/messages/{each.pk}/", str(MessageState(each.state).label)) for each in messages),
    ]


QUEUE = DeskQueue(
    code="unsent",
    title=N_("Листи й повідомлення, які могли не дійти"),
    roles=frozenset({Role.COMMUNITY_ADMIN}),
    items=items,
)


@open_to(administrators)
@never_cache
@require_http_methods(["GET", "POST"])
def letter(request: PersonalRequest, letter_id: UUID) -> HttpResponse:
    """Whom a letter to a resident went to is not shown: who decides needs its fate, not its reader."""
    found = resending.letter_at_the_desk(request.community.pk, letter_id)
    if request.method == "POST":
        here = request.community.pk
        resending.send_again(here, found.id, by=request.person, now=request.now, at_desk_of=here)
        return redirect("desk:letter", found.id)
    return _page(request, found, is_waiting=found.state in resending.WAITING_FOR_A_PERSON and bool(found.template))


@open_to(administrators)
@never_cache
@require_http_methods(["GET", "POST"])
def message(request: PersonalRequest, message_id: UUID) -> HttpResponse:
    found = resending_message.message_at_the_desk(request.community.pk, message_id)
    if request.method == "POST":
        here = request.community.pk
        resending_message.send_message_again(found.pk, by=request.person, now=request.now, at_desk_of=here)
        return redirect("desk:message", found.pk)
    return _page(request, found, is_waiting=found.state in resending_message.WAITING_FOR_A_PERSON)


def _page(request: PersonalRequest, found: Notice | Message, *, is_waiting: bool) -> HttpResponse:
    is_letter = isinstance(found, Notice)
    facts = {
        "sent": found,
        "is_letter": is_letter,
        "kind": _("Лист") if isinstance(found, Notice) else found.get_channel_display(),
        "about": found.subject if isinstance(found, Notice) else found.words,
        "address": found.address if isinstance(found, Notice) else "",
        "is_waiting": is_waiting,
    }
    return render(request, "desk/unsent.html", facts)


def _item(title: str, path: str, state: str) -> QueueItem:
    return QueueItem(title=title, path=path, state=state, tone="warning", shape="▲", due=None, holder="")
