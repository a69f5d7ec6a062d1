"""Organisations' own Open311 servers: the list, the settings of one, and what its server did not want."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing
from edem.services.reports.actions.receivers import ReceiverFacts, send_again, settle_receiver
from edem.services.reports.queries.matrix import open_organisations
from edem.services.reports.queries.receivers import forwardings_refused, receivers_of
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

KEEPERS: Final = (Role.COMMUNITY_ADMIN,)
LISTED: Final = 50


class ReceiverForm(Form):
    url = forms.CharField(
        label=_("Адреса сервера"), max_length=300, help_text=_("До «/v2» включно: https://311.example.ua/open311/v2")
    )
    form = forms.ChoiceField(label=_("Мова відповідей"), choices=[("xml", "XML"), ("json", "JSON")])
    jurisdiction = forms.CharField(label=_("jurisdiction_id, якщо потрібен"), required=False, max_length=100)
    api_key = forms.CharField(
        label=_("Ключ, який вони дали"),
        required=False,
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Зберігаємо зашифрованим. Порожньо — лишити той, що є."),
    )
    service_code = forms.CharField(label=_("Їхній код для всіх інших категорій"), max_length=100)
    services = forms.CharField(
        label=_("Їхні коди наших категорій"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Кожна з нового рядка, наприклад: 3.8 = POTHOLE. Код діє й для всього, що під категорією."),
    )
    is_on = forms.BooleanField(label=_("Надсилати"), required=False, initial=True)

    def facts(self) -> ReceiverFacts:
        typed = self.cleaned_data
        pairs = [line.partition("=") for line in typed["services"].splitlines()]
        return ReceiverFacts(
            url=typed["url"].strip(),
            form=typed["form"],
            jurisdiction=typed["jurisdiction"].strip(),
            api_key=typed["api_key"] or None,
            service_code=typed["service_code"].strip(),
            services={ours.strip(): theirs.strip() for ours, sign, theirs in pairs if sign and theirs.strip()},
            is_on=typed["is_on"],
        )


@open_to(staff.having(*KEEPERS))
@require_safe
def receivers(request: PersonalRequest) -> HttpResponse:
    known = {each.organisation_id: each for each in receivers_of(request.community)}
    lines = [(pk, name, known.get(pk)) for pk, name in open_organisations(request.community.pk)]
    return render(request, "reports/receivers.html", {"lines": lines})


@open_to(staff.having(*KEEPERS))
@require_http_methods(["GET", "POST"])
def receiver(request: PersonalRequest, organisation_id: int) -> HttpResponse:
    name = dict(open_organisations(request.community.pk)).get(organisation_id)
    if name is None:
        raise Missing("receiver.no_organisation")
    known = receivers_of(request.community).filter(organisation_id=organisation_id).first()
    form = ReceiverForm(request.POST or None, initial=_initial(known) if known else None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            settle_receiver(request.community, organisation_id, form.facts(), by=request.person, now=request.now)
            return redirect("reports:receivers")
    refused = list(forwardings_refused(known)[:LISTED]) if known else []
    facts = {"form": form, "name": name, "receiver": known, "refused": refused}
    return render(request, "reports/receiver.html", facts, status=form.status)


@open_to(staff.having(*KEEPERS, Role.WORKER))
@require_POST
def again(request: PersonalRequest, forwarding_id: int) -> HttpResponse:
    """From the settings, or from the organisation's page of the report."""
    report_id = send_again(request.community, forwarding_id, by=request.person, now=request.now)
    messages.success(request, gettext("Надсилаємо ще раз."))
    if "from_work" in request.POST:
        return redirect("reports:work", report_id)
    return redirect("reports:receivers")


def _initial(known: Any) -> Mapping[str, object]:
    kept = {name: getattr(known, name) for name in ("url", "form", "jurisdiction", "service_code", "is_on")}
    return {**kept, "services": "\n".join(f"{ours} = {theirs}" for ours, theirs in known.services.items())}
