"""The sample's power company has an Open311 server of its own: the stand that runs beside the demo."""

from datetime import datetime
from typing import Final

from edem.config.sample.generating import COMMUNITIES
from edem.foundation.communities.models import Community, Organisation
from edem.foundation.people.models import Person, RoleGrant
from edem.services.reports.actions.forwarding import queue_forwarding
from edem.services.reports.actions.receivers import ReceiverFacts, settle_receiver
from edem.services.reports.models import Assignment, Receiver

LOGIN: Final = "oblenerho"
"""Its worker; whoever holds what they hold has the server."""
ADMINISTRATOR: Final = "admin"
SERVICE: Final = "lights"


def settle_outside_server(url: str, *, api_key: str, now: datetime) -> None:
    """Where the stand listens today; what the company holds already goes there too, once."""
    community = Community.objects.get(slug=COMMUNITIES[0])
    company = _company(community)
    known = Receiver.objects.filter(organisation=company).order_by("pk").first()
    if known is None or known.url != url.rstrip("/"):
        facts = ReceiverFacts(url=url, service_code=SERVICE, api_key=api_key)
        settle_receiver(community, company.pk, facts, by=Person.objects.get(login=ADMINISTRATOR), now=now)
    held = Assignment.objects.filter(organisation=company, returned_at=None, closed_at=None)
    for assignment in held.order_by("pk"):
        queue_forwarding(assignment.pk, now=now)


def _company(community: Community) -> Organisation:
    grants = RoleGrant.objects.filter(community=community, person__login=LOGIN, organisation__isnull=False)
    return Organisation.objects.get(pk=grants.values_list("organisation_id", flat=True).order_by("pk")[:1].get())
