"""The resident's cabinet: what is mine, what waits for me, what I was told."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edem.foundation.catalog.registry import switched_on
from edem.foundation.identity.queries import standing_of
from edem.foundation.notices.actions import mark_read
from edem.foundation.notices.bouncing import bounced_since
from edem.foundation.notices.queries import notices_of, unread_notices_count
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.queries import roles_of
from edem.foundation.people.requests import PersonalRequest

PAGE = 30


@open_to(residents)
@require_safe
def home(request: PersonalRequest) -> HttpResponse:
    services = switched_on(request.community)
    lists = [
        mine
        for each in services
        if each.cabinet
        for mine in each.cabinet(request.person, request.community, request.now)
    ]
    waiting = [
        item
        for each in services
        if each.needs_me
        for item in each.needs_me(request.person, request.community, request.now)
    ]
    standing = standing_of(request.person, request.community, now=request.now)
    facts = {
        "lists": lists,
        "waiting": waiting,
        "unread": unread_notices_count(request.person.pk),
        "bounced": bounced_since(request.person.pk, now=request.now),
        "standing": standing,
        "is_worker": not standing.is_member and bool(roles_of(request.person, request.community.pk)),
    }
    return render(request, "cabinet/home.html", facts)


@open_to(residents)
@require_safe
def notices(request: PersonalRequest) -> HttpResponse:
    page = Paginator(notices_of(request.person.pk), PAGE).get_page(request.GET.get("page"))
    response = render(request, "cabinet/notices.html", {"page": page})
    mark_read(request.person.pk, now=request.now)
    return response
