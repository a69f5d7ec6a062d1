"""The page behind every «Стежити»: what is followed, how often to write, one button. A visitor signs in on the way."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from edem.foundation.notices.hearing import subscription_to
from edem.foundation.notices.naming import check_may_follow
from edem.foundation.notices.subjects import KINDS, RHYTHMS, Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Missing
from edem.ui.forms import Form, offer
from edem.ui.refusals import refusals_shown_on


class RhythmForm(Form):
    rhythm = forms.ChoiceField(label=_("Як часто писати"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rhythm", rhythm_choices())

    def rhythm_chosen(self) -> Rhythm:
        return Rhythm(self.cleaned_data["rhythm"])


def rhythm_choices() -> list[tuple[str, str]]:
    return [(str(rhythm), gettext(words)) for rhythm, words in RHYTHMS.items()]


@open_to(residents)
@require_http_methods(["GET", "POST"])
def follow_page(request: PersonalRequest) -> HttpResponse:
    subject = subject_asked(request)
    found = check_may_follow(request.community, subject)
    present = subscription_to(request.person.pk, subject, community_id=request.community.pk)
    form = RhythmForm(
        request.POST if request.method == "POST" else None,
        initial={"rhythm": present.rhythm if present else Rhythm.IMMEDIATE},
    )
    if form.is_valid():
        with refusals_shown_on(form):
            follow(
                request.person.pk,
                subject,
                community=request.community,
                rhythm=form.rhythm_chosen(),
                source="page",
                now=request.now,
            )
            messages.success(request, gettext("Ви стежите. Змінити чи зупинити — у кабінеті, «Мої розсилки»."))
            return HttpResponseRedirect(reverse("home") + found.path.removeprefix("/"))
    facts = {"form": form, "title": gettext(found.title), "kind": gettext(KINDS[subject.kind]), "follows": present}
    return render(request, "notices/follow.html", facts, status=form.status)


def subject_asked(request: PersonalRequest) -> Subject:
    """From the address, whatever it holds: only what has a name can be followed."""
    asked = request.GET
    if asked.get("kind") not in set(Kind):
        raise Missing("notices.nothing_to_follow")
    service, key = (asked.get(name, "").replace("\x00", "") for name in ("service", "key"))
    return Subject(Kind(asked["kind"]), service, key)
