"""What neighbours write under the sample's reports."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from edem.config.sample.reports.making import SampleReport
from edem.config.sample.seeding.registering import People
from edem.config.sample.seeding.talking import write
from edem.services.reports.models import Report
from edem.services.reports.queries.discussion import thread_of

Pairs = Sequence[tuple[SampleReport, Report]]


def talk_under_reports(pairs: Pairs, people: People, *, now: datetime) -> int:
    """By those who joined it, in the order in which they came; the last one a moment ago at the latest."""
    written = 0
    for sample, report in pairs:
        thread = thread_of(report) if sample.says else None
        if thread is None:
            continue
        for place, (voice, text) in enumerate(zip(sample.voices, sample.says, strict=False), start=1):
            latest = now - timedelta(minutes=30 - place)
            write(
                thread,
                text,
                by=people[voice.resident.id].person,
                at=min(voice.at + place * timedelta(hours=1), latest),
            )
            written += 1
    return written
