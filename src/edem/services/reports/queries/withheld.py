"""What nobody but its author and the staff reads of a report that a moderator took out."""

from django.utils.translation import gettext as _

from edem.services.reports.models import Report
from edem.services.reports.rules.grounds import GROUNDS, Ground


def hides_text(report: Report) -> bool:
    return bool(report.ground) and GROUNDS[Ground(report.ground)].hides_text


def was_public(report: Report) -> bool:
    return report.published_at is not None


def withhold(report: Report) -> Report:
    """The same report for a page, without the words and the place that must not be read; it is never saved."""
    if hides_text(report):
        report.title, report.text, report.address, report.author_name = _("Текст вилучено"), "", "", ""
        report.lat = report.lon = report.cell = None
        report.answers = {}
    return report
