"""Addresses of a community's pages, from wherever they are needed: another host, a mail, a printed sheet."""

from django.conf import settings

from edem.foundation.communities.models import Community


def path_of_page(community: Community, path: str) -> str:
    """The page's path on the platform's own host: «/vyshnevohirsk/petitions/5/»."""
    return f"/{community.slug}{path}"


def address_of_page(community: Community, path: str) -> str:
    """The whole address, on the community's own host where it has one."""
    if community.host:
        return f"https://{community.host}{path}"
    return f"{settings.EDEM.base_url}{path_of_page(community, path)}"
