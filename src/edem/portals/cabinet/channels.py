"""«Як нам вам писати»: for each topic by letter, by SMS, in the browser; and the browsers that take messages."""

from pathlib import Path
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.addresses import confirmed
from edem.foundation.identity.contacts.devices import PushSubscription, devices_of, forget_device, keep_device
from edem.foundation.identity.sessions import device_of
from edem.foundation.notices.channels import choices_of, choose_channels
from edem.foundation.notices.push.choosing import application_server_key
from edem.foundation.notices.push.vapid import is_key_pair
from edem.foundation.notices.sms.choosing import are_texts_sent
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.requests import PersonalRequest, Request
from edem.kernel.errors import Invalid
from edem.portals.cabinet.channel_forms import ChannelsForm, DeviceForm
from edem.ui.refusals import refusals_shown_on

_WORKER: Final = Path(__file__).parent / "static/cabinet/js/push-worker.js"


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def home(request: PersonalRequest) -> HttpResponse:
    choices = choices_of(request.person.pk)
    sent = request.POST if request.method == "POST" else None
    form = ChannelsForm(sent, choices=choices, with_texts=are_texts_sent(), with_pushes=bool(application_server_key()))
    if form.is_valid():
        with refusals_shown_on(form):
            choose_channels(request.person.pk, **form.chosen(), now=request.now)
            messages.success(request, _("Збережено."))
            return redirect("cabinet:channels")
    facts = {
        "form": form,
        "with_texts": are_texts_sent(),
        "phone_is_confirmed": confirmed(request.person, Kind.PHONE) is not None,
        "push_key": application_server_key(),
        "devices": devices_of(request.person),
        "scope": f"{request.META.get('SCRIPT_NAME', '')}/",
    }
    return render(request, "cabinet/channels.html", facts, status=form.status)


@open_to(residents)
@require_POST
def turn_on(request: PersonalRequest) -> HttpResponse:
    """What the browser's script has filled in."""
    form = DeviceForm(request.POST)
    if not application_server_key() or not form.is_valid():
        raise Invalid("cabinet.device_wrong")
    said = PushSubscription(**form.cleaned_data)
    if not is_key_pair(said.p256dh, said.auth):
        raise Invalid("cabinet.device_wrong")
    words = device_of(request.headers.get("User-Agent", ""))
    keep_device(request.person, said, community_id=request.community.pk, words=words, now=request.now)
    messages.success(request, _("Готово: повідомлення приходитимуть у цей браузер."))
    return redirect("cabinet:channels")


@open_to(residents)
@require_POST
def turn_off(request: PersonalRequest, device_id: UUID) -> HttpResponse:
    forget_device(device_id, person_id=request.person.pk)
    messages.success(request, _("Вимкнено. Сюди більше нічого не надішлемо."))
    return redirect("cabinet:channels")


@open_to(anyone)
@require_safe
def worker(request: Request) -> HttpResponse:
    """The browser's own program for messages; it may serve this community's pages and no others."""
    answer = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = f"{request.META.get('SCRIPT_NAME', '')}/"
    answer["Content-Security-Policy"] = "default-src 'none'"
    answer["Cache-Control"] = "no-cache"
    return answer
