"""Opening a community on the platform: from a line of the national list, or straight from the codifier."""

import re
from datetime import datetime

from django.db import transaction

from edem.foundation.communities.actions.naming import CommunityFacts, write_facts
from edem.foundation.communities.models import Community
from edem.foundation.communities.recording import Record
from edem.foundation.communities.segments import reserved_segments
from edem.foundation.places.models import Unit
from edem.foundation.places.queries import COMMUNITIES, path_of
from edem.kernel.errors import Conflict, Invalid, Missing

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,61}")
_LONGEST_SLUG = 60


@transaction.atomic(durable=True)
def open_community(
    katottg: str, *, slug: str, host: str | None, facts: CommunityFacts, record: Record, now: datetime
) -> Community:
    """From now on the community has its own pages under its address."""
    community = Community.objects.select_for_update(of=("self",)).filter(katottg=katottg).order_by("pk").first()

    if community is not None and community.is_open:
        raise Conflict("communities.is_open")
    community = community or _from_codifier(katottg)
    host = host.strip().lower() if host else None
    check_slug(slug, of=community)
    check_host(host, of=community)

    write_facts(community, facts)
    community.slug, community.host, community.is_open = slug, host, True
    community.languages = community.languages or ["uk"]
    community.save()

    record("communities.opened", community_id=community.pk, subject=community, now=now, slug=slug)
    return community


def check_slug(slug: str, *, of: Community) -> None:
    """An address of letters and digits that neither the platform nor another community has."""
    if len(slug) > _LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise Invalid("communities.slug_form", field="slug")
    if slug in reserved_segments():
        raise Conflict("communities.slug_reserved", slug=slug, field="slug")
    if Community.objects.filter(slug=slug).exclude(pk=of.pk).exists():
        raise Conflict("communities.slug_taken", slug=slug, field="slug")


def check_host(host: str | None, *, of: Community) -> None:
    if host is None:
        return
    if not _HOST.fullmatch(host):
        raise Invalid("communities.host_form", host=host[:80], field="host")
    if Community.objects.filter(host=host).exclude(pk=of.pk).exists():
        raise Conflict("communities.host_taken", host=host, field="host")


def _from_codifier(katottg: str) -> Community:
    """A community that the national list does not have yet."""
    path = path_of(katottg)
    if not path or path[-1].category not in COMMUNITIES:
        raise Missing("communities.no_such_unit", katottg=katottg, field="katottg")
    oblast = path[0].name
    raion = next((unit.name for unit in path if unit.category == Unit.Category.RAION), "")
    return Community(katottg=katottg, oblast=oblast, raion=raion)
