"""Sample reports of one thing: the moderator has put them together, and they follow the first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from edem.config.sample.reports.making import SampleReport
from edem.foundation.people.models import Person
from edem.services.reports.actions.joining import join, own_ends
from edem.services.reports.models import Incident, Report

Pairs = Sequence[tuple[SampleReport, Report]]


def put_together(pairs: Pairs, *, by: Person, now: datetime) -> None:
    leads = {sample.key: report for sample, report in pairs if sample.key}
    for sample, report in pairs:
        if not sample.twin_of:
            continue
        lead = leads[sample.twin_of]
        lead.incident, is_new = Incident.objects.get_or_create(
            lead=lead,
            defaults={"community_id": lead.community_id, "started_at": lead.published_at or lead.submitted_at},
        )
        if is_new:
            lead.save(update_fields=["incident"])
        at = max(report.submitted_at + timedelta(minutes=5), lead.updated_at)
        join(report, lead, lead.incident, own_ends(lead), brought_by=None, by=by, now=at)
        assert report.updated_at <= now
