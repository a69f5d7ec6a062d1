"""The address of one comment, and taking it back. The conversation's own pages (`pages`) stand at the thing's."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.discussions.actions import delete_comment
from edem.foundation.discussions.queries import comment_in, place_of
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.kernel.errors import NotAllowed
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on


@open_to(anyone)
@require_safe
def comment(request: CommunityRequest, comment_id: int) -> HttpResponse:
    place = place_of(comment_in(request.community.pk, comment_id), reader=request.person)
    return HttpResponseRedirect(reverse("home") + place.removeprefix("/"))


@open_to(residents)
@require_http_methods(["GET", "POST"])
def delete(request: PersonalRequest, comment_id: int) -> HttpResponse:
    mine = comment_in(request.community.pk, comment_id)
    if mine.author_id != request.person.pk:
        raise NotAllowed("discussions.not_yours")
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            delete_comment(mine.pk, community_id=request.community.pk, by=request.person, now=request.now)
            return redirect("discussions:comment", mine.pk)
    return render(request, "discussions/delete.html", {"form": form, "comment": mine}, status=form.status)
