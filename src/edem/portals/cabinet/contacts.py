"""«Мої контакти»: an address of one's own, confirmed by a code; the provider's is used until then."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.identity.contact_kinds import KIND_WORDS, Kind
from edem.foundation.identity.contacts.actions import ask_code, confirm_contact, remove_contact, stop_waiting
from edem.foundation.identity.contacts.addresses import OwnContact, own_contacts, own_waiting
from edem.foundation.notices.sms.choosing import are_texts_sent
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Conflict, Missing
from edem.portals.cabinet.contact_forms import CodeForm, address_form
from edem.ui.refusals import refusals_shown_on


@dataclass(frozen=True, kw_only=True)
class Line:
    """One kind of address on the page."""

    kind: Kind
    title: str
    known: OwnContact | None
    waiting: OwnContact | None
    is_offered: bool

    @property
    def is_own(self) -> bool:
        return self.known is not None and self.known.confirmed_at is not None


@open_to(residents)
@never_cache
@require_safe
def home(request: PersonalRequest) -> HttpResponse:
    return render(request, "cabinet/contacts.html", {"lines": _lines(request)})


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: PersonalRequest, kind: str) -> HttpResponse:
    """Type the address; the code goes there and the next page asks for it."""
    which = _kind(kind)
    if which is Kind.PHONE and not are_texts_sent():
        raise Conflict("cabinet.no_texts")
    form = address_form(which, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            typed = form.cleaned_data["address"]
            ask_code(request.person, which, typed, community_id=request.community.pk, now=request.now)
            return redirect("cabinet:contact_code", which)
    facts = {"form": form, "kind": which, "title": _(KIND_WORDS[which])}
    return render(request, "cabinet/contact.html", facts, status=form.status)


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: PersonalRequest, kind: str) -> HttpResponse:
    """Type the six digits."""
    which = _kind(kind)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            typed = form.cleaned_data["code"]
            confirm_contact(request.person, which, typed, community_id=request.community.pk, now=request.now)
            messages.success(request, _("Підтверджено. Далі пишемо сюди."))
            return redirect("cabinet:contacts")
    waiting = own_waiting(request.person, which, now=request.now)
    if waiting is None and not form.errors:
        return redirect("cabinet:contact", which)
    facts = {"form": form, "kind": which, "waiting": waiting}
    return render(request, "cabinet/contact_code.html", facts, status=form.status)


@open_to(residents)
@require_POST
def remove(request: PersonalRequest, kind: str) -> HttpResponse:
    remove_contact(request.person, _kind(kind), community_id=request.community.pk, now=request.now)
    messages.success(request, _("Адресу прибрано."))
    return redirect("cabinet:contacts")


@open_to(residents)
@require_POST
def give_up(request: PersonalRequest, kind: str) -> HttpResponse:
    """The address was another one."""
    which = _kind(kind)
    stop_waiting(request.person, which, now=request.now)
    return redirect("cabinet:contact", which)


def _lines(request: PersonalRequest) -> Sequence[Line]:
    known = own_contacts(request.person, now=request.now)
    return [
        Line(
            kind=kind,
            title=_(KIND_WORDS[kind]),
            known=known.get(kind),
            waiting=own_waiting(request.person, kind, now=request.now),
            is_offered=kind is Kind.EMAIL or are_texts_sent(),
        )
        for kind in Kind
    ]


def _kind(code: str) -> Kind:
    if code not in set(Kind):
        raise Missing("cabinet.no_such_contact")
    return Kind(code)
