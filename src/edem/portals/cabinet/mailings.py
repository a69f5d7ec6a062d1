"""«Мої розсилки»: everything I follow, how often I read of it, which letters about my own affairs come by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.notices.actions import choose_topics
from edem.foundation.notices.bouncing import bounced_since, settle
from edem.foundation.notices.digests import groups_of
from edem.foundation.notices.hearing import subscriptions_of
from edem.foundation.notices.models import Subscription
from edem.foundation.notices.naming import named
from edem.foundation.notices.queries import digest_of, mail_choices
from edem.foundation.notices.subjects import KINDS, Rhythm
from edem.foundation.notices.subscribing import change_rhythm, stop_everything, stop_one
from edem.foundation.notices.topics import choosable_topics
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Invalid
from edem.portals.cabinet.forms import RowRhythmForm, TopicsForm


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing I follow."""

    subscription: Subscription
    title: str
    url: str
    kind: str
    form: RowRhythmForm


@open_to(residents)
@require_http_methods(["GET", "POST"])
def mailing(request: PersonalRequest) -> HttpResponse:
    """Below what I follow: which topics of my own affairs come by mail; the others still stand in the cabinet."""
    offered = [(code, _(words)) for code, words in choosable_topics().items()]
    chosen = [code for code, is_mailed in mail_choices(request.person.pk).items() if is_mailed]
    form = TopicsForm(request.POST or None, topics=offered, initial={"topics": chosen})
    if request.method == "POST" and form.is_valid():
        choose_topics(request.person.pk, form.cleaned_data["topics"], now=request.now)
        return redirect("cabinet:mailing")
    bounced = bounced_since(request.person.pk, now=request.now)
    facts = {"form": form, "followed": followed_by(request.person), "bounced": bounced}
    return render(request, "cabinet/mailing.html", facts, status=form.status)


@open_to(residents)
@require_POST
def rhythm(request: PersonalRequest, subscription_id: int) -> HttpResponse:
    form = RowRhythmForm(request.POST)
    if not form.is_valid():
        raise Invalid("cabinet.unknown_rhythm")
    change_rhythm(request.person.pk, subscription_id, Rhythm(form.cleaned_data["rhythm"]))
    messages.success(request, _("Збережено."))
    return redirect("cabinet:mailing")


@open_to(residents)
@require_POST
def stop(request: PersonalRequest, subscription_id: int) -> HttpResponse:
    stop_one(request.person.pk, subscription_id)
    messages.success(request, _("Більше не пишемо вам про це."))
    return redirect("cabinet:mailing")


@open_to(residents)
@require_POST
def stop_all(request: PersonalRequest) -> HttpResponse:
    stop_everything(request.person.pk, now=request.now)
    messages.success(request, _("Усі розсилки зупинено."))
    return redirect("cabinet:mailing")


@open_to(residents)
@require_POST
def mailbox_works(request: PersonalRequest) -> HttpResponse:
    """The reader has seen to it; should a letter come back again, this page will say so again."""
    settle(request.person.pk, now=request.now)
    messages.success(request, _("Спробуємо ще раз: наступний лист надішлемо на вашу адресу."))
    return redirect("cabinet:mailing")


@open_to(residents)
@require_safe
def digest(request: PersonalRequest, notice_id: UUID) -> HttpResponse:
    """A digest as its letter had it."""
    notice = digest_of(request.person.pk, notice_id)
    return render(request, "cabinet/digest.html", {"notice": notice, "groups": groups_of(notice)})


def followed_by(person: Person) -> Sequence[tuple[Community, list[Row]]]:
    """By community, the narrowest first; what is no longer there can still be stopped."""
    mine = groupby(subscriptions_of(person.pk), key=lambda each: each.community)
    return [(community, rows_of(community, list(subscriptions))) for community, subscriptions in mine]


def rows_of(community: Community, subscriptions: Sequence[Subscription]) -> list[Row]:
    names = named(community, [each.subject for each in subscriptions])
    rows = []
    for each in subscriptions:
        found = names.get(each.subject)
        form = RowRhythmForm(initial={"rhythm": each.rhythm}, auto_id=f"rhythm-{each.pk}-%s")
        rows.append(
            Row(
                subscription=each,
                title=_(found.title) if found else _("Цього вже немає"),
                url=address_of_page(community, found.path) if found else "",
                kind=_(KINDS[each.subject.kind]),
                form=form,
            )
        )
    return rows
