"""Where a report lies, if anybody said so."""

from edem.kernel.geo.points import Point
from edem.services.reports.models import Report


def point_of(report: Report) -> Point | None:
    return None if report.lat is None or report.lon is None else Point(report.lat, report.lon)
