"""Requests to correct data on the desk: a queue by the clock, the words opened by a button, two decisions."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.catalog.manifest import DeskQueue, QueueItem
from edem.foundation.communities.models import Community
from edem.foundation.identity.correction_rules import DECISION_WORDS, Decision
from edem.foundation.identity.models import Correction
from edem.foundation.identity.privacy.correcting import confirm_corrected, refuse_correction
from edem.foundation.identity.privacy.corrections import (
    Opened,
    correction_in,
    corrections_waiting,
    is_identified_anew,
    opened,
)
from edem.foundation.identity.privacy.in_words import in_words
from edem.foundation.identity.purposes import FIELD_WORDS, FIELDS
from edem.foundation.identity.two_officers import DECIDE_MEMBERSHIP
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.ukrainian import N_
from edem.portals.desk.forms import RefusalForm
from edem.ui.refusals import refusals_shown_on
from edem.ui.words import day

deciders = staff.having(*DECIDE_MEMBERSHIP)


def waiting_items(community: Community, _now: datetime) -> Sequence[QueueItem]:
    return [_item(each) for each in corrections_waiting(community.pk)]


QUEUE = DeskQueue(
    code="corrections",
    title=N_("Прохання виправити дані"),
    roles=frozenset(DECIDE_MEMBERSHIP),
    items=waiting_items,
)


@open_to(deciders)
@never_cache
@require_safe
def correction(request: PersonalRequest, correction_id: uuid.UUID) -> HttpResponse:
    """Which data, since when, till when; what the person wrote is opened apart."""
    return _page(request, correction_in(request.community.pk, correction_id), RefusalForm())


@open_to(deciders)
@never_cache
@require_POST
def open_words(request: PersonalRequest, correction_id: uuid.UUID) -> HttpResponse:
    asked = correction_in(request.community.pk, correction_id)
    return _page(request, asked, RefusalForm(), read=opened(asked, by=request.person, now=request.now))


@open_to(deciders)
@never_cache
@require_POST
def confirm(request: PersonalRequest, correction_id: uuid.UUID) -> HttpResponse:
    asked = correction_in(request.community.pk, correction_id)
    confirm_corrected(asked.pk, by=request.person, now=request.now)
    return redirect("desk:correction", asked.pk)


@open_to(deciders)
@never_cache
@require_http_methods(["POST"])
def refuse(request: PersonalRequest, correction_id: uuid.UUID) -> HttpResponse:
    asked = correction_in(request.community.pk, correction_id)
    form = RefusalForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            refuse_correction(asked.pk, reason=form.cleaned_data["reason"], by=request.person, now=request.now)
            return redirect("desk:correction", asked.pk)
    return _page(request, asked, form)


def _page(
    request: PersonalRequest, asked: Correction, form: RefusalForm, *, read: Opened | None = None
) -> HttpResponse:
    facts = {
        "correction": asked,
        "decision": _(DECISION_WORDS[Decision(asked.decision)]),
        "fields": _named(asked),
        "is_waiting": asked.decision == Decision.WAITING,
        "is_identified_anew": is_identified_anew(asked),
        "read": read,
        "values": _shown(read.values) if read else [],
        "form": form,
    }
    return render(request, "desk/correction.html", facts, status=form.status)


def _named(asked: Correction) -> str:
    """«Прізвище, дата народження»: in the order of the vault."""
    first, *others = [_(FIELD_WORDS[field]) for field in FIELDS if field in asked.fields]
    return ", ".join([first, *(each[:1].lower() + each[1:] for each in others)])


def _shown(values: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(_(FIELD_WORDS[field]), in_words(field, value)) for field, value in values.items()]


def _item(asked: Correction) -> QueueItem:
    return QueueItem(
        title=_("{fields}. Подано {when}").format(fields=_named(asked), when=day(asked.asked_at)),
        path=f"/desk/corrections/{asked.pk}/",
        state=_(DECISION_WORDS[Decision.WAITING]),
        tone="open",
        shape="●",
        due=asked.due_at,
        holder=_("Уповноважений спеціаліст"),
    )
