"""A sign-in without an address: where the charter allows, the register is asked a moment later, by a worker."""

from typing import Any

from django.contrib.auth import user_logged_in
from django.db import transaction
from django.dispatch import receiver

from edem.foundation.communities.models import Community
from edem.foundation.communities.tenancy import locate
from edem.foundation.events.announcing import announce
from edem.foundation.identity.entering import NEXT
from edem.foundation.identity.events import AddressWanted
from edem.foundation.identity.facts import memberships_at
from edem.foundation.identity.membership.asking import was_asked_lately
from edem.foundation.identity.membership.register import connected_register
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.people.models import Person
from edem.foundation.people.requests import Request


@receiver(user_logged_in)
def want_address(request: Request, user: Person, **_: Any) -> None:
    now = getattr(request, "now", None)
    if now is None or user.is_staff or connected_register() is None:
        return
    community = _community_of(request)
    if community is None or not membership_charter(community.pk, now=now).asks_register:
        return
    if next(iter(memberships_at(user, now)), None) is None and not was_asked_lately(user, now=now):
        with transaction.atomic():
            announce(AddressWanted(person_id=user.pk, community_id=community.pk))


def _community_of(request: Request) -> Community | None:
    """For whose pages they sign in: this host's, or the one the next page belongs to."""
    if getattr(request, "community", None) is not None:
        return request.community
    slug = locate(request.get_host(), request.session.get(NEXT, "")).slug
    return Community.objects.filter(slug=slug, is_open=True).order_by("pk").first() if slug else None
