"""The moderators' queue, the story of one thing, and the public record."""

from datetime import datetime

from django.db.models import Count, QuerySet

from edem.foundation.catalog.moderated import ModeratedKind, ModeratedThing
from edem.foundation.catalog.registry import manifests, switched_on
from edem.foundation.communities.models import Community
from edem.foundation.moderation.models import ContentReport, ModerationCase
from edem.foundation.moderation.rules import Decision, Subject
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing


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


def reports_since(reporter: Person, since: datetime) -> int:
    return ContentReport.objects.filter(reporter=reporter, at__gt=since).count()


def kind_of(community: Community, subject: Subject) -> ModeratedKind:
    """The kind that a switched-on service declares; anything else does not exist here."""
    offered = (manifest for manifest in switched_on(community) if manifest.code == subject.service)
    for manifest in offered:
        for kind in manifest.moderated:
            if kind.kind == subject.kind:
                return kind
    raise Missing("moderation.no_such_thing")


def label_of_kind(subject: Subject) -> str:
    """What it is called, for the public log; empty when its service is here no more."""
    offered = (kind for manifest in manifests() if manifest.code == subject.service for kind in manifest.moderated)
    return next((kind.label for kind in offered if kind.kind == subject.kind), "")


def thing_of(community: Community, subject: Subject) -> ModeratedThing:
    found = kind_of(community, subject).find(community, subject.subject_id)
    if found is None:
        raise Missing("moderation.no_such_thing")
    return found


def open_case_of(subject: Subject, *, community_id: int) -> ModerationCase | None:
    return cases_of(subject, community_id=community_id).filter(decided_at=None).first()


def public_log(community_id: int, *, service: str | None = None) -> QuerySet[ModerationCase]:
    """What was refused, when and on what ground, the newest first. No page may show more than `public_note` of it."""
    refused = ModerationCase.objects.filter(community_id=community_id, decision=Decision.REFUSED)
    if service is not None:
        refused = refused.filter(service=service)
    return refused.order_by("-decided_at", "-pk")
