"""Who asks: a visitor, a resident of the next community, and its whole staff in one person."""

from datetime import UTC, datetime, timedelta

from edem.config.testing.clients import PlatformClient
from edem.foundation.communities.models import Community
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.services.petitions.models import Petition
from edem.services.petitions.tests.factories import staff

READERS = ("visitor", "resident", "staff")
NOT_IN_A_COMMUNITY = {Role.RESIDENT, Role.PLATFORM_OPERATOR}


def reader_from(community: Community, kind: str) -> PlatformClient:
    client = PlatformClient()
    if kind == "resident":
        client.sign_in(identified_resident(community, since=datetime.now(UTC) - timedelta(days=900)))
    if kind == "author":
        author = draft_in(community).author
        assert author is not None
        client.sign_in(author)
    if kind == "staff":
        client.sign_in(staff(community, *sorted(set(Role) - NOT_IN_A_COMMUNITY)))
    return client


def draft_in(community: Community) -> Petition:
    """What its author may still write, correct and add files to."""
    own = Petition.objects.filter(community=community, author__login=None, author__isnull=False)
    return own.filter(state__in=("draft", "returned")).order_by("pk").select_related("author")[0]
