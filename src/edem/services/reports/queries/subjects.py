"""A report as something that may be moderated, followed and linked to."""

from edem.foundation.moderation.rules import Subject as Moderated
from edem.foundation.notices.subjects import Kind, Subject
from edem.services.reports.models import Photo, Report
from edem.services.reports.queries.charters import CODE


def path_of(report: Report) -> str:
    """Within its community."""
    return f"/reports/{report.pk}/"


def moderated(report: Report) -> Moderated:
    return Moderated(service=CODE, kind="report", subject_id=str(report.pk))


def moderated_photo(photo: Photo) -> Moderated:
    return Moderated(service=CODE, kind="photo", subject_id=str(photo.pk))


def followed(report_id: int) -> Subject:
    return Subject(Kind.ITEM, CODE, str(report_id))
