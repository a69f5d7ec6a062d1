"""«Потрібна офіційна відповідь»: an appeal under the law made ready to be handed in; nothing of it is kept here."""

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import Term, Unit, ends_at, kyiv_day
from edem.services.reports.queries.appeals import (
    Addressee,
    Seed,
    appeal_pdf,
    letter_text,
    seed_of_draft,
    seed_of_nothing,
    seed_of_report,
)
from edem.services.reports.rules.appeals import (
    DEMAND,
    LETTER_MOST,
    LINE_MOST,
    NAME_MOST,
    TEXT_MOST,
    Appeal,
    check_appeal,
)
from edem.ui.forms import Form, offer
from edem.ui.refusals import refusals_shown_on

MONTH = Term(amount=1, unit=Unit.MONTHS, starts="appeal")


class AppealForm(Form):
    addressee = forms.ChoiceField(
        label=gettext_lazy("Кому"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Не впевнені — пишіть раді: вона зобов’язана передати далі за п’ять днів (ст. 7)."),
    )
    name = forms.CharField(label=gettext_lazy("Прізвище, ім’я та по батькові"), max_length=NAME_MOST)
    residence = forms.CharField(label=gettext_lazy("Місце проживання"), max_length=LINE_MOST)
    contact = forms.CharField(
        label=gettext_lazy("Куди відповісти"),
        max_length=LINE_MOST,
        help_text=gettext_lazy("Електронна пошта, телефон або поштова адреса."),
    )
    essence = forms.CharField(
        label=gettext_lazy("Що сталося"), max_length=TEXT_MOST, widget=forms.Textarea(attrs={"rows": 9})
    )
    demand = forms.CharField(
        label=gettext_lazy("Про що просите"), max_length=TEXT_MOST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, seed: Seed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.key: each for each in seed.addressees}
        offer(self, "addressee", [(each.key, each.name) for each in seed.addressees])

    def chosen(self) -> Addressee:
        return self.known[self.cleaned_data["addressee"]]

    def appeal(self, seed: Seed, *, now: datetime) -> Appeal:
        typed = {name: self.cleaned_data[name] for name in ("name", "residence", "contact", "essence", "demand")}
        return Appeal(addressee=self.chosen().name, made_on=kyiv_day(now), attached=len(seed.photos), **typed)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def appeal(request: PersonalRequest) -> HttpResponse:
    back = (_("Повідомити про проблему"), reverse("reports:start"))
    return _page(request, seed_of_nothing(request.community), back=back)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def appeal_of_draft(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    back = (_("Перевірити повідомлення"), reverse("reports:start_check", args=[draft_id]))
    return _page(request, seed_of_draft(request.community, draft_id, author=request.person), back=back)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def appeal_of_report(request: PersonalRequest, report_id: int) -> HttpResponse:
    seed = seed_of_report(request.community, report_id, author=request.person)
    return _page(request, seed, back=(seed.title, reverse("reports:card", args=[report_id])))


def _page(request: PersonalRequest, seed: Seed, *, back: tuple[str, str]) -> HttpResponse:
    form = AppealForm(request.POST or None, seed=seed, initial=_begun(request, seed))
    facts: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            made = form.appeal(seed, now=request.now)
            check_appeal(made)
            if "as_text" not in request.POST:
                return _paper(appeal_pdf(made, seed, community=request.community, now=request.now))
            facts = _text_facts(made, form.chosen(), now=request.now)
    known = {"form": form, "seed": seed, "back_label": back[0], "back_url": back[1], "text": ""}
    return render(request, "reports/appeal.html", known | facts, status=form.status)


def _begun(request: PersonalRequest, seed: Seed) -> dict[str, str]:
    return {
        "addressee": seed.addressees[0].key,
        "name": request.person.display_name,
        "essence": seed.essence,
        "demand": _(DEMAND),
    }


def _text_facts(made: Appeal, addressee: Addressee, *, now: datetime) -> dict[str, object]:
    text = letter_text(made)
    return {
        "text": text,
        "addressee": addressee,
        "mail_url": mail_address(addressee, text),
        "due": ends_at(MONTH, now, working_calendar(now)),
    }


def mail_address(addressee: Addressee, text: str) -> str:
    """Opens the reader's own mail program; too long a text is copied by hand."""
    if not addressee.email:
        return ""
    bare = f"mailto:{quote(addressee.email)}?subject={quote(_('Звернення'))}"
    whole = f"{bare}&body={quote(text)}"
    return whole if len(whole) <= LETTER_MOST else bare


def _paper(pdf: bytes) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="zvernennia.pdf"'
    response["Cache-Control"] = "no-store"
    return response
