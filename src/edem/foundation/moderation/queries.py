"""The moderators' queue, the story of one thing, and the public record."""

from django.db.models import Count, QuerySet

from edem.foundation.moderation.models import ContentReport, ModerationCase
from edem.foundation.moderation.rules import Decision, Subject


def open_cases(community_id: int) -> QuerySet[ModerationCase]:
    """The most urgent first; reported things, which have no term, after those that have."""
    waiting = ModerationCase.objects.filter(community_id=community_id, decided_at=None)
    return waiting.annotate(report_count=Count("reports")).order_by("due_at", "opened_at", "pk")


def cases_of(subject: Subject, *, community_id: int) -> QuerySet[ModerationCase]:
    """Everything that was asked and decided about one thing, in order."""
    cases = ModerationCase.objects.filter(
        community_id=community_id, service=subject.service, kind=subject.kind, subject_id=subject.subject_id
    )
    return cases.select_related("decided_by").order_by("opened_at", "pk")


def reports_on(case: ModerationCase) -> QuerySet[ContentReport]:
    return case.reports.select_related("reporter").order_by("at", "pk")


def public_log(community_id: int, *, service: str | None = None) -> QuerySet[ModerationCase]:
    """What was refused, when and on what ground, the newest first. No page may show more than `public_note` of it."""
    refused = ModerationCase.objects.filter(community_id=community_id, decision=Decision.REFUSED)
    if service is not None:
        refused = refused.filter(service=service)
    return refused.order_by("-decided_at", "-pk")
