"""Where a sign-in may lead: only to a path of this platform, never to another host."""

from edem.foundation.communities.directory import directory
from edem.foundation.communities.models import Community
from edem.foundation.people.adapters import is_path_here


def safe_next(asked: str, *, otherwise: str = "/") -> str:
    return asked if is_path_here(asked) else otherwise


def community_called(slug: str) -> Community | None:
    return directory().find(slug) if slug else None


def home_of(community: Community | None) -> str:
    return f"/{community.slug}/" if community else "/"
