"""What of petitions a resident may follow: a topic of the charter, a petition in public."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

from edem.foundation.catalog.manifest import Followable
from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.notices.subjects import Kind
from edem.services.petitions.queries.charters import CODE, read_version
from edem.services.petitions.queries.lists import public_petitions
from edem.services.petitions.queries.shown import path_of
from edem.services.petitions.queries.withheld import withhold


def topics_of(community: Community) -> frozenset[str]:
    """Of every version of the charter: petitions that began under an earlier one keep their topics."""
    versions = CharterVersion.objects.filter(community=community, service=CODE).order_by("version")
    return frozenset(
        topic for version_id in versions.values_list("pk", flat=True) for topic in read_version(version_id).categories
    )


def followable(community: Community, kind: str, keys: Collection[str]) -> Mapping[str, Followable]:
    if kind == Kind.TOPIC:
        known = topics_of(community)
        return {
            key: Followable(title=key, path=f"/petitions/?{urlencode({'category': key, 'state': 'all'})}")
            for key in keys
            if key in known
        }
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) <= 18]  # noqa: PLR2004 - what a bigint holds
    found = public_petitions(community).filter(pk__in=numbers)
    return {str(petition.pk): Followable(title=withhold(petition).title, path=path_of(petition)) for petition in found}
