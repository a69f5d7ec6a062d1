"""What is known of a community before it is opened: its names and a free address, to be corrected by a person."""

from dataclasses import asdict

from edem.foundation.communities.models import Community
from edem.foundation.communities.names import SPECIAL_CITIES, Names, names_of
from edem.foundation.communities.segments import reserved_segments
from edem.foundation.places.queries import COMMUNITIES, path_of
from edem.kernel.errors import Conflict, Missing
from edem.kernel.ukrainian import slug

KNOWN = (*Names.__dataclass_fields__, "slug", "edrpou", "contact_email", "contact_phone", "website")


def facts_to_open(katottg: str) -> dict[str, str]:
    """From the national list, or straight from the codifier for a community that the list does not have."""
    listed = Community.objects.filter(katottg=katottg).order_by("pk").first()
    if listed is not None and listed.is_open:
        raise Conflict("communities.is_open")
    if listed is not None:
        return {name: getattr(listed, name) for name in KNOWN}
    path = path_of(katottg)
    if not path or path[-1].category not in COMMUNITIES:
        raise Missing("communities.no_such_unit", katottg=katottg)
    name = path[-1].name
    return asdict(SPECIAL_CITIES.get(name) or names_of(name, "")) | {"slug": free_slug(name)}


def free_slug(name: str) -> str:
    """Empty when it is taken: then a person thinks of another."""
    wanted = slug(name)
    is_taken = wanted in reserved_segments() or Community.objects.filter(slug=wanted).exists()
    return "" if is_taken else wanted
