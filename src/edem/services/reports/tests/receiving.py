"""An organisation's own server, and reports on their way to it."""

from edem.services.reports.actions.forwarding import queue_forwarding
from edem.services.reports.actions.receivers import ReceiverFacts, settle_receiver
from edem.services.reports.models import Forwarding, Receiver
from simulators.open311_receiver.running import KEY


def settled(community, organisation, admin, server, now, **changes) -> Receiver:
    facts = {"url": f"{server}/v2", "service_code": "other", "services": {"3": "roads"}, "api_key": KEY}
    return settle_receiver(community, organisation.pk, ReceiverFacts(**(facts | changes)), by=admin, now=now)


def queued(assignment, now) -> Forwarding:
    return Forwarding.objects.get(pk=queue_forwarding(assignment.pk, now=now))
