"""The charter version a report lives under."""

from functools import lru_cache

from edem.foundation.communities.models import CharterVersion
from edem.services.reports.charter import ReportCharter
from edem.services.reports.models import Report

CODE = "reports"


def charter_of(report: Report) -> ReportCharter:
    return read_version(report.charter_id)


@lru_cache(maxsize=512)
def read_version(version_id: int) -> ReportCharter:
    """A version never changes once adopted, so each process reads it once."""
    return CharterVersion.objects.get(pk=version_id).read(ReportCharter)
