"""«Додати фото»: whoever meets the same problem shows it on the card that is there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Refused
from edem.services.reports.actions.adding_photos import add_photo
from edem.services.reports.queries.reading import report_for
from edem.services.reports.web.starting_forms import PhotosForm
from edem.ui.refusals import sentence_of


class AddedPhotosForm(PhotosForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].required = True


@open_to(residents)
@require_http_methods(["GET", "POST"])
def add_photos(request: PersonalRequest, report_id: int) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    form = AddedPhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        refused = False
        for upload in form.cleaned_data["photos"]:
            try:
                is_shown = add_photo(report.pk, upload, by=request.person, now=request.now)
            except Refused as refusal:
                refused = True
                facts = {"name": upload.name, "why": sentence_of(refusal)}
                messages.error(request, _("Файл «%(name)s» не додано. %(why)s") % facts)
            else:
                shown = _("«%(name)s» додано. За хвилину його побачать усі.")
                words = shown if is_shown else _("«%(name)s» спершу подивиться модератор.")
                messages.success(request, words % {"name": upload.name})
        return redirect("reports:add_photos" if refused else "reports:card", report.pk)
    return render(request, "reports/add_photos.html", {"report": report, "form": form}, status=form.status)
