"""What the notes of the act's table ask about a report, and whether a photo of the work is there."""

from edem.services.reports.models import Answer, Photo, Report
from edem.services.reports.queries.actors import held_now
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.rules.standing_in import Circumstances


def circumstances_of(report: Report, *, self_organised: bool = False) -> Circumstances:
    """Since it was published, or opened again."""
    holders = list(held_now(report))
    return Circumstances(
        was_resent=any(each.resent_at is not None for each in holders),
        has_answer=any(each.reported_at is not None for each in holders) or has_answer(report),
        self_organised=self_organised or report.self_organised,
    )


def has_answer(report: Report) -> bool:
    kinds = (Answer.Kind.ANSWER, Answer.Kind.EXPLANATION)
    told = Answer.objects.filter(report=report, kind__in=kinds, organisation__isnull=False)
    since = report.reopened_at or report.published_at
    return (told.filter(at__gte=since) if since else told).exists()


def needs_photo(report: Report) -> bool:
    """«Вирішено» needs a photo of the work where the category asks for one and the charter agrees."""
    if not charter_of(report).photo_on_closing:
        return False
    return report.categories.filter(category__photo_required_on_closing=True).exists()


def has_photo_of_work(report: Report) -> bool:
    photos = Photo.objects.filter(report=report, stage=Photo.Stage.AFTER, hidden=False)
    since = report.reopened_at or report.published_at
    return (photos.filter(added_at__gte=since) if since else photos).exists()
