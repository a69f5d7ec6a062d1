"""Hiding faces and number plates: rectangles drawn with a finger, or typed where there is no script."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.files.blurring import Rectangle
from edem.foundation.files.queries import address_of_file
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.queries import roles_of
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.reports.actions.drawing import draw_photo
from edem.services.reports.actions.photographing import blur_photo, blur_shot, remove_shot
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.drafts import shot_of
from edem.services.reports.queries.photos import photo_on
from edem.services.reports.queries.reading import report_for
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

MOST = 100
_PARTS = 4


class BlurForm(Form):
    """«зліва зверху ширина висота», in per cent of the picture, one rectangle a line."""

    rectangles = forms.CharField(
        label=_("Прямокутники"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "decimal"}),
        help_text=_("Кожен рядок — чотири числа у відсотках: зліва, зверху, ширина, висота. Наприклад: 10 40 25 15."),
    )

    def clean_rectangles(self) -> list[Rectangle]:
        lines = [
            line.replace(",", ".").split() for line in self.cleaned_data["rectangles"].splitlines() if line.strip()
        ]
        try:
            return [_rectangle([float(part) / MOST for part in line]) for line in lines]
        except ValueError:
            raise forms.ValidationError(_("У кожному рядку має бути чотири числа від 0 до 100.")) from None


class PublicBlurForm(BlurForm):
    reason = forms.CharField(
        label=_("Що приховано"),
        max_length=300,
        help_text=_("Це побачать усі. Наприклад: «Номер автомобіля»."),
    )


def _rectangle(parts: list[float]) -> Rectangle:
    if len(parts) != _PARTS:
        raise ValueError(parts)
    return Rectangle(left=parts[0], top=parts[1], width=parts[2], height=parts[3])


@open_to(residents)
@require_POST
def remove(request: PersonalRequest, draft_id: UUID, shot_id: int) -> HttpResponse:
    remove_shot(draft_id, shot_id, by=request.person, now=request.now)
    return redirect("reports:start_photos", draft_id)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def blur_own(request: PersonalRequest, draft_id: UUID, shot_id: int) -> HttpResponse:
    draw_photo(shot_of(request.community, draft_id, shot_id, author=request.person).file_id)  # not to wait for the job
    shot = shot_of(request.community, draft_id, shot_id, author=request.person)
    if shot.file.drawing:
        return redirect("reports:start_photos", draft_id)
    form = BlurForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            blur_shot(draft_id, shot.pk, form.cleaned_data["rectangles"], by=request.person, now=request.now)
            return redirect("reports:start_photos", draft_id)
    facts: dict[str, Any] = {"form": form, "draft": shot.draft, "url": address_of_file(shot.file)}
    facts |= {"report": None, "advice": None}
    return render(request, "reports/blur.html", facts, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def blur_public(request: PersonalRequest, report_id: int, photo_id: int) -> HttpResponse:
    """The moderator, or the author who saw a face too late."""
    report = report_for(request.community, report_id, reader=request.person)
    photo = photo_on(report, photo_id)
    form = PublicBlurForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with refusals_shown_on(form):
            blur_photo(
                report.pk,
                photo.pk,
                typed["rectangles"],
                reason=typed["reason"],
                by=request.person,
                now=request.now,
            )
            return redirect("reports:card", report.pk)
    moderates = Role.MODERATOR in roles_of(request.person, request.community.pk)
    advice = advice_in(request.community, now=request.now) if moderates else None
    shown = {"form": form, "draft": None, "url": address_of_file(photo.file), "report": report, "advice": advice}
    return render(request, "reports/blur.html", shown, status=form.status)
