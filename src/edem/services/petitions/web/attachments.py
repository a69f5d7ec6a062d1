"""The author's files: add one, say what it is, put it higher, take it away."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.files.rules import ANY, KINDS
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.services.petitions.actions.attaching import (
    attach_file,
    raise_attachment,
    remove_attachment,
    rename_attachment,
)
from edem.services.petitions.queries.attachments import files_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.pages import petition_of_author
from edem.services.petitions.rules.attaching import TITLE_MAX, check_may_change_files
from edem.services.petitions.rules.lifecycle import State
from edem.ui.fields import FileField
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

ACCEPT = ",".join(sorted([*(f".{kind}" for kind in ANY), *(KINDS[kind].content_type for kind in ANY)]))


class TitleForm(Form):
    title = forms.CharField(
        label=_("Що це"),
        max_length=TITLE_MAX,
        help_text=_("Для фото — що на ньому видно: ці слова почують ті, хто не бачить зображень."),
    )


class AttachForm(TitleForm):
    file = FileField(
        label=_("Файл"),
        accept=ACCEPT,
        help_text=_("Фото, PDF, Word або Excel. Місце зйомки з фото прибираємо."),
    )
    field_order = ("file", "title")


@open_to(residents)
@require_http_methods(["GET", "POST"])
def attachments(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    check_may_change_files(State(petition.state))
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        [upload], title = form.cleaned_data["file"], form.cleaned_data["title"]
        with refusals_shown_on(form):
            attach_file(petition.pk, upload, title=title, by=request.person, now=request.now)
            return redirect("petitions:attachments", petition.pk)
    files, most = files_of(petition), charter_of(petition).attachments_most
    facts = {"petition": petition, "form": form, "files": files, "most": most, "has_room": len(files) < most}
    return render(request, "petitions/attach.html", facts, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def rename(request: PersonalRequest, petition_id: int, attachment_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    file = next((each for each in files_of(petition) if each.pk == attachment_id), None)
    form = TitleForm(request.POST or None, initial={"title": file.title if file else ""})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            rename_attachment(petition.pk, attachment_id, title=form.cleaned_data["title"], by=request.person)
            return redirect("petitions:attachments", petition.pk)
    return render(request, "petitions/attach_rename.html", {"petition": petition, "form": form}, status=form.status)


@open_to(residents)
@require_POST
def put_higher(request: PersonalRequest, petition_id: int, attachment_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    raise_attachment(petition.pk, attachment_id, by=request.person)
    return redirect("petitions:attachments", petition.pk)


@open_to(residents)
@require_POST
def remove(request: PersonalRequest, petition_id: int, attachment_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    remove_attachment(petition.pk, attachment_id, by=request.person)
    return redirect("petitions:attachments", petition.pk)
