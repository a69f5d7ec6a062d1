"""A photo that nothing can open: whoever sent it hears so, wherever it came from (decision 0042)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from edem.foundation.notices.actions import Mail, send_notices
from edem.foundation.people.roles import Role
from edem.services.reports.actions.telling import MINE, STAFF, mail_of, tell_author
from edem.services.reports.models import Photo, Report
from edem.services.reports.queries.people import authors_of, workers_of
from edem.services.reports.rules.lifecycle import IN_ORGANISATION


def tell_of_spoiled(report_id: int, file_id: UUID, *, now: datetime) -> None:
    found = Photo.objects.select_related("report__community", "report__organisation", "report__incident", "file")
    photo = found.filter(report_id=report_id, file_id=file_id).order_by("pk").first()
    if photo is None:
        return
    report, sender = photo.report, photo.added_by_id
    is_of_work = photo.stage == Photo.Stage.AFTER
    if is_of_work and (sender is None or sender in workers_of(report, *IN_ORGANISATION)):
        # A contractor by a link and an organisation's mailbox are nobody's account: its workers hear of theirs.
        told = {*workers_of(report, Role.WORKER), *([sender] if sender else [])}
        mail = _named(report, photo, "organisation/photo_spoiled", topic=STAFF, path=f"/reports/{report.pk}/job/")
        send_notices(told, mail, community=report.community, now=now)
    elif not is_of_work and (sender is None or sender in authors_of(report)):
        tell_author(report.pk, "photo_spoiled", now=now, occasion=str(file_id))
    elif sender is not None:
        path = f"/reports/{report.pk}/" if is_of_work else f"/reports/{report.pk}/photos/add/"
        mail = _named(report, photo, "added_spoiled", topic=MINE, path=path)
        send_notices([sender], mail, community=report.community, now=now)


def _named(report: Report, photo: Photo, template: str, *, topic: str, path: str) -> Mail:
    mail = mail_of(report, template, occasion=str(photo.file_id), more={"name": photo.file.name})
    return replace(mail, topic=topic, path=path)
