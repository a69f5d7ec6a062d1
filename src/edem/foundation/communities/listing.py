"""Brings the national list of communities up to date; what an open community says of itself is its own."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.communities.names import Names
from edem.foundation.communities.national_list import Listed, read_national_list, slugs_of, special_city
from edem.foundation.communities.segments import reserved_segments
from edem.foundation.places.models import Unit
from edem.foundation.places.tables import Fault
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import fold, sort_key

_UPDATED = ["oblast", "raion", "population", "name_key", "folded", *(field.name for field in fields(Names))]


@dataclass(frozen=True, kw_only=True)
class ListLoaded:
    read: int
    added: int
    changed: int
    faults: Sequence[Fault]


@transaction.atomic(durable=True)
def load_communities(content: bytes) -> ListLoaded:
    """Create and update the list; safe to repeat. An open community keeps the names and the look it has set."""
    national = read_national_list(content)
    if not national.listed:
        raise Invalid("communities.nothing", faults=len(national.faults))
    listed = [*national.listed, *_special_cities(national.listed)]

    known = {community.katottg: community for community in Community.objects.select_for_update().order_by("pk")}
    new = [one for one in listed if one.code not in known]
    slugs = slugs_of(new, taken={community.slug for community in known.values()} | reserved_segments())

    Community.objects.bulk_create(_created(one, slugs[one.code]) for one in new)
    changed = [known[one.code] for one in listed if one.code in known and _brought_up_to_date(known[one.code], one)]
    if changed:
        Community.objects.bulk_update(changed, _UPDATED, batch_size=500)
    return ListLoaded(read=len(listed), added=len(new), changed=len(changed), faults=national.faults)


def _special_cities(listed: Sequence[Listed]) -> list[Listed]:
    there = {one.code for one in listed}
    cities = Unit.objects.filter(category=Unit.Category.SPECIAL_CITY).order_by("code")
    return [special_city(unit.code, unit.name) for unit in cities if unit.code not in there]


def _created(one: Listed, slug: str) -> Community:
    return Community(slug=slug, katottg=one.code, is_open=False, languages=["uk"], **_facts_of(one), **_names_of(one))


def _brought_up_to_date(community: Community, one: Listed) -> bool:
    """Write the row over the community, of an open one only the facts; True when anything differed."""
    values = _facts_of(one) if community.is_open else _facts_of(one) | _names_of(one)
    differing = {name: value for name, value in values.items() if getattr(community, name) != value}
    for name, value in differing.items():
        setattr(community, name, value)
    return bool(differing)


def _facts_of(one: Listed) -> dict[str, object]:
    # A list without a number does not take away the number we have.
    known: dict[str, object] = {"oblast": one.oblast, "raion": one.raion}
    return known | {"population": one.population} if one.population else known


def _names_of(one: Listed) -> dict[str, object]:
    name = one.names.name
    return asdict(one.names) | {"name_key": sort_key(name), "folded": fold(name)}
