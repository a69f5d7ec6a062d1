"""The administrator says which organisations have an Open311 server of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Community, Organisation
from edem.foundation.people.models import Person
from edem.foundation.people.outside.addresses import is_safe_address
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.foundation.people.sealing import seal_text
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.reports.models import Category, Forwarding, Receiver
from edem.services.reports.queries.actors import organisations_of
from edem.services.reports.queries.receivers import SEALED
from edem.services.reports.rules.forwarding import Stage


@dataclass(frozen=True, kw_only=True)
class ReceiverFacts:
    url: str
    service_code: str
    jurisdiction: str = ""
    form: str = "xml"
    services: Mapping[str, str] = field(default_factory=dict)
    api_key: str | None = None
    """None keeps the one that is there."""
    is_on: bool = True


@transaction.atomic(durable=True)
def settle_receiver(
    community: Community, organisation_id: int, facts: ReceiverFacts, *, by: Person, now: datetime
) -> Receiver:
    """From now on what comes to this organisation goes to its server too."""
    organisation = Organisation.objects.filter(community=community, pk=organisation_id).order_by("pk").first()
    known = Receiver.objects.select_for_update(of=("self",)).filter(organisation_id=organisation_id)
    receiver = known.order_by("pk").first()

    _check_may(by, community)
    if organisation is None or organisation.closed_at is not None:
        raise Missing("receiver.no_organisation")
    _check_facts(facts, community)

    receiver = receiver or Receiver(community=community, organisation=organisation, made_by=by, made_at=now)
    receiver.url, receiver.jurisdiction, receiver.form = facts.url.rstrip("/"), facts.jurisdiction, facts.form
    receiver.service_code, receiver.services, receiver.is_on = facts.service_code, dict(facts.services), facts.is_on
    if facts.api_key is not None:
        receiver.api_key = seal_text(facts.api_key, place=SEALED) if facts.api_key else ""
    receiver.pulled_until = receiver.pulled_until or now
    receiver.save()
    record_staff_act(
        by, "report.receiver_settled", community_id=community.pk, subject=receiver, now=now, is_on=receiver.is_on
    )
    return receiver


@transaction.atomic(durable=True)
def send_again(community: Community, forwarding_id: int, *, by: Person, now: datetime) -> int:
    """What their server did not want is tried anew, after somebody has mended what was wrong; gives the report.

    The administrator mends the server's settings, the organisation's worker what their own system lacked.
    """
    found = Forwarding.objects.select_for_update(of=("self",)).filter(pk=forwarding_id, receiver__community=community)
    forwarding = found.select_related("receiver").order_by("pk").first()
    if forwarding is None:
        raise Missing("receiver.missing")

    own = organisations_of(by, community.pk, Role.WORKER)
    if forwarding.receiver.organisation_id not in own:
        _check_may(by, community)
    if forwarding.stage != Stage.REFUSED:
        raise Conflict("receiver.not_refused")

    forwarding.stage, forwarding.next_at, forwarding.fault, forwarding.refused_at = Stage.WAITING, now, "", None
    forwarding.save()
    record_staff_act(by, "report.sent_again", community_id=community.pk, subject=forwarding, now=now)
    return forwarding.report_id


def _check_may(by: Person, community: Community) -> None:
    if Role.COMMUNITY_ADMIN not in roles_of(by, community.pk):
        raise NotAllowed("receiver.admins_only")


def _check_facts(facts: ReceiverFacts, community: Community) -> None:
    if not is_safe_address(facts.url) or "?" in facts.url or "#" in facts.url:
        raise Invalid("receiver.unsafe_address", field="url")
    if not facts.service_code.strip():
        raise Invalid("receiver.no_service", field="service_code")
    known = set(Category.objects.filter(community=community).order_by("pk").values_list("code", flat=True))
    unknown = next((code for code in facts.services if code not in known), None)
    if unknown is not None:
        raise Invalid("receiver.unknown_category", found=unknown, field="services")
