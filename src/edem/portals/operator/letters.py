"""The platform operator's letters: how many are where, and those that wait for a person's decision."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from edem.foundation.notices.bouncing import undeliverable_addresses
from edem.foundation.notices.models import MailState
from edem.foundation.notices.resending import WAITING_FOR_A_PERSON, letter_counts, letters_in, send_again
from edem.foundation.people.access import open_to
from edem.portals.operator.acting import OPERATORS, OperatorRequest, done
from edem.ui.tabs.tabs import Tab

PAGE = 50


@open_to(OPERATORS)
@require_safe
def letters(request: OperatorRequest) -> HttpResponse:
    """Whom a letter to a resident went to is not shown: the operator needs its fate, not its reader."""
    state, counts = state_wanted(request), letter_counts()
    page = Paginator(letters_in(state), PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "tabs": [
            Tab(label=str(each.label), url=f"?state={each.value}", current=each == state, count=counts[each])
            for each in MailState
        ],
        "state": state,
        "may_resend": state in WAITING_FOR_A_PERSON,
        "unreachable": unreachable(undeliverable_addresses(now=request.now)),
    }
    return render(request, "operator/letters.html", facts)


@open_to(OPERATORS)
@require_POST
def resend(request: OperatorRequest, community_id: int, notice_id: UUID) -> HttpResponse:
    send_again(community_id, notice_id, by=request.person, now=request.now)
    return done(request, _("Лист знову в черзі."), "platform:letters")


def state_wanted(request: HttpRequest) -> MailState:
    """Those that nobody but a person can decide about come first."""
    wanted = request.GET.get("state", "")
    return MailState(wanted) if wanted in MailState.values else MailState.UNKNOWN


def unreachable(count: int) -> str:
    """Nothing where every address takes letters."""
    if not count:
        return ""
    words = ngettext("%(count)d адреса не приймає листів", "%(count)d адрес не приймають листів", count)
    return words % {"count": count}
