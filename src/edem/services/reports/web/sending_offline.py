"""A report that was written without a network: everything in one request, taken once by the number its phone made."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.people.models import Person
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Invalid, Refused
from edem.services.reports.actions.drafting import (
    choose_categories,
    close_sent_draft,
    forget_draft,
    put_place,
    put_words,
    start_report,
)
from edem.services.reports.actions.photographing import add_shot
from edem.services.reports.actions.sending import send_report, sent_before
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.queries.drafts import named, ready_draft, writing_of
from edem.services.reports.rules.draft import TEXT_MAX
from edem.services.reports.rules.suggesting import suggested
from edem.services.reports.rules.tree import OTHER
from edem.services.reports.rules.writing import titled
from edem.services.reports.web.starting_forms import PhotosForm, PlaceForm
from edem.services.reports.web.way_in import way_of_sign_in
from edem.ui.refusals import sentence_of

UNPROCESSABLE = 422


class OutboxForm(PlaceForm, PhotosForm):
    client_uuid = forms.UUIDField()
    text = forms.CharField(max_length=TEXT_MAX)
    is_anonymous = forms.BooleanField(required=False)


def take_from_outbox(request: CommunityRequest, person: Person) -> HttpResponse:
    form = OutboxForm(request.POST, request.FILES)
    if not form.is_valid():
        words = " ".join(str(each) for errors in form.errors.values() for each in errors)
        return JsonResponse({"code": "invalid", "message": words}, status=UNPROCESSABLE)
    draft_id: UUID = form.cleaned_data["client_uuid"]
    known = sent_before(draft_id, request.community, person)
    if known is not None:
        return told(known.pk, known.number)
    left_out = written(request, person, form)
    try:
        report_id, number = sent(request, person, draft_id)
    except Invalid as lacking:  # a question that only the tree could ask: it goes on as a draft, nothing is lost
        facts = {"url": reverse("reports:start_check", args=[draft_id]), "number": "", "message": sentence_of(lacking)}
        return JsonResponse(facts)
    return told(report_id, number, left_out=left_out)


def written(request: CommunityRequest, person: Person, form: OutboxForm) -> list[str]:
    """Begun anew at each try: what a broken one left behind goes first. Says which photos could not be taken."""
    draft_id, typed, now = form.cleaned_data["client_uuid"], form.cleaned_data, request.now
    forget_draft(draft_id, by=person)
    start_report(draft_id, request.community, by=person, now=now)
    charter = read_version(charter_in_force(request.community.pk, CODE, now=now).pk)
    left_out = []
    for upload in typed["photos"]:
        try:
            add_shot(draft_id, upload, most=charter.photos_most, by=person, now=now)
        except Refused as refusal:
            left_out.append(f"{upload.name}: {sentence_of(refusal)}")
    put_place_told(draft_id, form, person=person, request=request)
    hides = bool(typed["is_anonymous"]) and charter.anonymous_display
    put_words(draft_id, by=person, title="", text=typed["text"], is_anonymous=hides, now=now)
    codes = [code for code in request.POST.getlist("categories") if code] or likely(request, form)
    choose_categories(draft_id, codes, by=person, now=now)
    return left_out


def likely(request: CommunityRequest, form: OutboxForm) -> list[str]:
    """Nobody is there to be asked: the likeliest is better than «Інше»."""
    text = form.cleaned_data["text"]
    return suggested(text, named(request.community), title=titled("", text), most=1) or [OTHER]


def put_place_told(draft_id: UUID, form: OutboxForm, *, person: Person, request: CommunityRequest) -> None:
    """The device's own place, else the photo's, which stands already; a wrong one is left out, not the report."""
    place: dict[str, Any] = {"accuracy_m": form.accuracy(), "placed_by": form.placed()}
    typed = writing_of(request.community, draft_id, author=person).typed
    point = form.place() or typed.point
    if form.place() is None:
        place = {"accuracy_m": typed.accuracy_m, "placed_by": typed.placed_by}
    facts = {"by": person, "address": form.cleaned_data["address"], "now": request.now}
    try:
        put_place(draft_id, place=point, **place, **facts)
    except Invalid:
        put_place(draft_id, place=None, **place, **facts)


def sent(request: CommunityRequest, person: Person, draft_id: UUID) -> tuple[int, int | None]:
    """Its address and its number."""
    draft = ready_draft(writing_of(request.community, draft_id, author=person))
    report = send_report(
        draft, community=request.community, by=person, now=request.now, assurance=way_of_sign_in(request, person)
    )
    close_sent_draft(draft_id)
    return report.pk, report.number


def told(report_id: int, number: int | None, *, left_out: list[str] | None = None) -> HttpResponse:
    facts = {"url": reverse("reports:card", args=[report_id]), "number": number, "left_out": left_out or []}
    return JsonResponse(facts)
