"""A new report, one page a step: photo, place, words, category, check. Each page keeps what was typed."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Refused
from edem.kernel.geo.points import Point
from edem.services.reports.actions.drafting import (
    choose_categories,
    close_sent_draft,
    forget_draft,
    put_answers,
    put_place,
    put_words,
    start_report,
)
from edem.services.reports.actions.photographing import add_shot
from edem.services.reports.actions.sending import send_report
from edem.services.reports.charter import ReportCharter
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.queries.drafts import Writing, draft_of, drafts_of, named, ready_draft, writing_of
from edem.services.reports.queries.far_places import kilometres_away
from edem.services.reports.queries.matrix import border_warning
from edem.services.reports.queries.reading import report_for
from edem.services.reports.queries.settlements import settlements_offered
from edem.services.reports.queries.similar import New, alike, to_offer
from edem.services.reports.rules.suggesting import matching, suggested
from edem.services.reports.rules.writing import Part, PlacedBy, next_part
from edem.services.reports.web.choosing import tree_shown
from edem.services.reports.web.starting_forms import (
    CategoriesForm,
    PhotosForm,
    PlaceForm,
    QuestionsForm,
    StartForm,
    WordsForm,
    point_typed,
)
from edem.services.reports.web.starting_shown import alike_shown, answers_shown, place_facts, shots_shown
from edem.services.reports.web.way_in import way_of_sign_in
from edem.ui.refusals import refusals_shown_on, sentence_of


@open_to(residents)
@require_http_methods(["GET", "POST"])
def start(request: PersonalRequest) -> HttpResponse:
    pressed = point_typed(request.GET.get("lat"), request.GET.get("lon"))
    initial = {"lat": pressed.lat, "lon": pressed.lon} if pressed else {}
    form = StartForm(request.POST or None, request.FILES or None, initial=initial)
    charter = charter_now(request)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            draft_id = form.draft_id()
            start_report(draft_id, request.community, by=request.person, now=request.now)
            put_where_pressed(draft_id, form.place(), by=request.person, now=request.now)
            return add_photos(request, draft_id, form, then=Part.PLACE)
    drafts = drafts_of(request.community, request.person)
    facts = {"form": form, "charter": charter, "drafts": drafts, "is_from_map": pressed is not None}
    return render(request, "reports/start.html", facts, status=form.status)


def put_where_pressed(draft_id: UUID, place: Point | None, *, by: Person, now: datetime) -> None:
    """What is wrong with it is said on the next page, where there is a map to mend it on."""
    if place is not None:
        with suppress(Refused):
            put_place(draft_id, by=by, place=place, placed_by=PlacedBy.PIN, accuracy_m=None, address="", now=now)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def photos(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    writing = writing_of(request.community, draft_id, author=request.person)
    form = PhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return add_photos(request, draft_id, form, then=Part.PHOTOS)
    most = charter_now(request).photos_most
    facts = facts_of(writing) | {
        "form": form,
        "shots": shots_shown(writing),
        "most": most,
        "has_room": len(writing.shots) < most,
    }
    return render(request, "reports/start_photos.html", facts, status=form.status)


def add_photos(request: PersonalRequest, draft_id: UUID, form: PhotosForm, *, then: Part) -> HttpResponse:
    """One that cannot be taken does not take the others with it."""
    most, refused = charter_now(request).photos_most, False
    for upload in form.cleaned_data["photos"]:
        try:
            add_shot(draft_id, upload, most=most, by=request.person, now=request.now)
        except Refused as refusal:
            refused = True
            facts = {"name": upload.name, "why": sentence_of(refusal)}
            messages.error(request, _("Файл «%(name)s» не додано. %(why)s") % facts)
    return redirect(f"reports:start_{Part.PHOTOS if refused else then}", draft_id)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def place(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    writing = writing_of(request.community, draft_id, author=request.person)
    typed = writing.typed
    known = {
        "lat": typed.lat,
        "lon": typed.lon,
        "accuracy_m": typed.accuracy_m,
        "placed_by": typed.placed_by,
        "address": typed.address,
        "settlement": typed.settlement_code,
    }
    form = PlaceForm(request.POST or None, initial=known, settlements=settlements_offered(request.community))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            put_place(
                draft_id,
                by=request.person,
                place=form.place(),
                placed_by=form.placed(),
                accuracy_m=form.accuracy(),
                address=form.whole_address(),
                settlement_code=form.cleaned_data.get("settlement", ""),
                now=request.now,
            )
            return go_on(request, draft_id)
    facts = facts_of(writing) | place_facts(request.community, writing) | {"form": form}
    return render(request, "reports/start_place.html", facts, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def words(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    writing = writing_of(request.community, draft_id, author=request.person)
    typed = writing.typed
    known = {"title": typed.title, "text": typed.text, "is_anonymous": typed.is_anonymous}
    form = WordsForm(request.POST or None, initial=known, may_hide_name=charter_now(request).anonymous_display)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            put_words(
                draft_id,
                by=request.person,
                title=form.cleaned_data["title"],
                text=form.cleaned_data["text"],
                is_anonymous=form.cleaned_data.get("is_anonymous", False),
                now=request.now,
            )
            return go_on(request, draft_id)
    return render(request, "reports/start_words.html", facts_of(writing) | {"form": form}, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def category(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    """The whole tree, or what the search found; what the words speak of stands first."""
    writing = writing_of(request.community, draft_id, author=request.person)
    offered = named(request.community)
    form = CategoriesForm(request.POST or None, codes=[each.code for each in offered])
    if request.method == "POST" and form.is_valid():
        choose_categories(draft_id, form.cleaned_data["categories"], by=request.person, now=request.now)
        return go_on(request, draft_id)
    asked = request.GET.get("q", "")[:100]
    chosen = request.POST.getlist("categories") if request.method == "POST" else list(writing.typed.categories)
    likely = suggested(writing.typed.text, offered, title=writing.typed.title)
    facts = facts_of(writing) | {
        "form": form,
        "asked": asked,
        "tree": tree_shown(offered, chosen=chosen, likely=likely, found=matching(asked, offered) if asked else None),
    }
    return render(request, "reports/start_category.html", facts, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def questions(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    writing = writing_of(request.community, draft_id, author=request.person)
    known = {f"answer_{code}": answer for code, answer in writing.typed.answers.items()}
    form = QuestionsForm(request.POST or None, questions=writing.questions, initial=known)
    if request.method == "POST" and form.is_valid():
        put_answers(draft_id, form.answers(), by=request.person, now=request.now)
        return go_on(request, draft_id)
    return render(request, "reports/start_questions.html", facts_of(writing) | {"form": form}, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def check(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    """As others will see it, and what near is perhaps the same thing; nothing is sent before the last button."""
    writing = writing_of(request.community, draft_id, author=request.person)
    form = PhotosForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            report = send_report(
                ready_draft(writing),
                community=request.community,
                by=request.person,
                now=request.now,
                assurance=way_of_sign_in(request, request.person),
            )
            close_sent_draft(draft_id)
            return redirect("reports:sent", report.pk)
    typed = writing.typed
    new = New(
        point=typed.point,
        accuracy_m=typed.accuracy_m,
        categories=typed.categories,
        text=f"{typed.title} {typed.text}",
        photos=[each.dhash for each in writing.shots if each.dhash is not None],
    )
    facts = facts_of(writing) | {
        "form": form,
        "shots": shots_shown(writing),
        "answers": answers_shown(writing),
        "alike": alike_shown(to_offer(alike(request.community, new, now=request.now))),
        "author": request.person.display_name,
        "far_km": kilometres_away(request.community, typed.point),
        "border": border_warning(request.community.pk, typed.categories, typed.point, accuracy_m=typed.accuracy_m),
    }
    return render(request, "reports/start_check.html", facts, status=form.status)


@open_to(residents)
@require_safe
def sent(request: PersonalRequest, report_id: int) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    return render(request, "reports/sent.html", {"report": report})


@open_to(residents)
@require_POST
def forget(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    draft = draft_of(request.community, draft_id, author=request.person)
    forget_draft(draft.pk, by=request.person)
    messages.success(request, _("Чернетку видалено."))
    return redirect("reports:start")


def go_on(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    """To the first page that still lacks its answer."""
    writing = writing_of(request.community, draft_id, author=request.person)
    part = next_part(writing.typed, has_questions=bool(writing.questions))
    return redirect(f"reports:start_{part}", draft_id)


def facts_of(writing: Writing) -> dict[str, object]:
    return {"draft": writing.draft, "typed": writing.typed, "chosen": writing.chosen, "writing": writing}


def charter_now(request: PersonalRequest) -> ReportCharter:
    return read_version(charter_in_force(request.community.pk, CODE, now=request.now).pk)
