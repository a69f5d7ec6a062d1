"""The platform operator's SMS and messages to browsers: how many are where, and those that wait for a decision."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from edem.foundation.notices.models import MessageState
from edem.foundation.notices.resending_message import (
    WAITING_FOR_A_PERSON,
    message_counts,
    messages_in,
    send_message_again,
)
from edem.foundation.people.access import open_to
from edem.portals.operator.acting import OPERATORS, OperatorRequest, done
from edem.ui.tabs.tabs import Tab

PAGE = 50


@open_to(OPERATORS)
@require_safe
def short_messages(request: OperatorRequest) -> HttpResponse:
    """Whom a message went to is not shown: the operator needs its fate, not its reader."""
    state, counts = state_wanted(request), message_counts()
    facts = {
        "page": Paginator(messages_in(state), PAGE).get_page(request.GET.get("page")),
        "tabs": [
            Tab(label=str(each.label), url=f"?state={each.value}", current=each == state, count=counts[each])
            for each in MessageState
        ],
        "state": state,
        "may_resend": state in WAITING_FOR_A_PERSON,
    }
    return render(request, "operator/short_messages.html", facts)


@open_to(OPERATORS)
@require_POST
def resend(request: OperatorRequest, message_id: UUID) -> HttpResponse:
    send_message_again(message_id, by=request.person, now=request.now)
    return done(request, _("Повідомлення знову в черзі."), "platform:messages")


def state_wanted(request: HttpRequest) -> MessageState:
    """Those that nobody but a person can decide about come first."""
    wanted = request.GET.get("state", "")
    return MessageState(wanted) if wanted in MessageState.values else MessageState.UNKNOWN
