"""Accounts end or become one: reports stay, for the problem is everybody's; their author is forgotten or changes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.files.actions import disown_files
from edem.foundation.identity.persons.accounts import is_joined
from edem.services.reports.actions.stepping import show_anew
from edem.services.reports.models import Answer, MergedReport, Photo, Report


@transaction.atomic(durable=True)
def forget_author(person_id: UUID, *, till: datetime) -> None:
    """The consent is withdrawn: what was sent till then has no author any more, and no name."""
    mine = Report.objects.select_for_update(of=("self",)).filter(author_id=person_id, submitted_at__lte=till)
    for report in mine.order_by("pk"):
        report.author, report.author_name, report.is_anonymous = None, "", True
        report.save(update_fields=["author", "author_name", "is_anonymous"])
        show_anew(report)
    Answer.objects.filter(author_id=person_id, kind=Answer.Kind.REPLY, at__lte=till).update(author=None)
    shown = Photo.objects.filter(added_by_id=person_id, stage=Photo.Stage.BEFORE, added_at__lte=till)
    disown_files(list(shown.order_by("pk").values_list("file_id", flat=True)))
    shown.update(added_by=None)


@transaction.atomic(durable=True)
def hand_on_reports(merge_id: int, *, absorbed_id: UUID, kept_id: UUID) -> None:
    """Two accounts are one person: whoever is kept may open these again and confirm them. Told twice, done once."""
    if not is_joined(merge_id):
        return
    mine = Report.objects.select_for_update(of=("self",)).filter(author_id=absorbed_id).order_by("pk")
    given = list(mine.values_list("pk", flat=True))
    rows = [MergedReport(merge_id=merge_id, report_id=pk) for pk in given]
    MergedReport.objects.bulk_create(rows, ignore_conflicts=True)
    Report.objects.filter(pk__in=given).update(author_id=kept_id)


@transaction.atomic(durable=True)
def give_back_reports(merge_id: int, *, absorbed_id: UUID, kept_id: UUID) -> None:
    """The merge was a mistake."""
    traces = MergedReport.objects.filter(merge_id=merge_id)
    given = traces.order_by("pk").values_list("report_id", flat=True)
    Report.objects.filter(pk__in=list(given), author_id=kept_id).update(author_id=absorbed_id)
    traces.delete()
