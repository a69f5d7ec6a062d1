"""What the subjects of subscriptions are called and where they are: services name their own, we name the places."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import Followable
from edem.foundation.catalog.registry import manifest_of
from edem.foundation.communities.models import Community
from edem.foundation.notices.subjects import Kind, Subject
from edem.foundation.places.queries import settlements_of
from edem.kernel.errors import Missing

Names = Mapping[Subject, Followable]


def named(community: Community, subjects: Iterable[Subject]) -> Names:
    """Those that can be followed here, each with its name; a question per kind and service, however many there are."""
    asked: dict[tuple[Kind, str], list[str]] = defaultdict(list)
    for subject in subjects:
        asked[subject.kind, subject.service].append(subject.key)
    return {
        Subject(kind, service, key): followable
        for (kind, service), keys in asked.items()
        for key, followable in _named(community, kind, service, keys).items()
    }


def name_of(community: Community, subject: Subject) -> str:
    """Empty for what is no longer there."""
    found = named(community, [subject]).get(subject)
    return _(found.title) if found else ""


def check_may_follow(community: Community, subject: Subject) -> Followable:
    found = named(community, [subject]).get(subject)
    if found is None:
        raise Missing("notices.nothing_to_follow")
    return found


def _named(community: Community, kind: Kind, service: str, keys: list[str]) -> Mapping[str, Followable]:
    if kind is Kind.COMMUNITY:
        return {"": Followable(title=community.name, path="/")} if keys[0] == service == "" else {}
    if kind is Kind.SETTLEMENT:
        found = settlements_of(community.katottg).filter(code__in=keys) if service == "" else ()
        return {unit.code: Followable(title=unit.name, path="/") for unit in found}
    manifest = manifest_of(service)
    if manifest is None or manifest.followable is None or service not in community.services:
        return {}
    return manifest.followable(community, kind, keys)
