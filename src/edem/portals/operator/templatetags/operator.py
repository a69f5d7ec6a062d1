"""Addresses on the platform operator's pages."""

from django import template

from edem.foundation.communities.models import Community

register = template.Library()


@register.filter
def admin_desk_of(community: Community) -> str:
    """The community's own settings; a community with a host of its own keeps them there."""
    return f"https://{community.host}/admin-desk/" if community.host else f"/{community.slug}/admin-desk/"
