"""The mailboxes that reports are written to, what those letters say, and who stands in for whom."""

from typing import Final

from django.conf import settings
from django.urls import reverse

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community, Organisation
from edem.foundation.notices.facts import Fact
from edem.services.reports.models import Assignment, MatrixTarget, Photo, Report
from edem.services.reports.queries.cases import asked_of
from edem.services.reports.queries.categories import titles_of, trail_of
from edem.services.reports.queries.mails import facts_of

_MOST_WORDS: Final = 6_000


def control_boxes(community_id: int) -> list[Organisation]:
    """Where the control body reads its mail (§3.4)."""
    bodies = Organisation.objects.filter(community_id=community_id, kind=Organisation.Kind.CONTROL, closed_at=None)
    return list(bodies.exclude(email="").order_by("name_key", "pk"))


def body_with_box(community_id: int, address: str) -> Organisation | None:
    found = Organisation.objects.filter(community_id=community_id, email__iexact=address)
    return found.order_by("closed_at", "pk").first()


def everything_about(report: Report) -> dict[str, Fact]:
    """The whole report, as §3.4 wants; who its author is stays on the card, not in mailboxes."""
    titles = titles_of(report.community_id)
    before = Photo.objects.filter(report=report, hidden=False, stage=Photo.Stage.BEFORE).select_related("file")
    has_place = report.lat is not None and report.lon is not None
    return facts_of(report) | {
        "text": report.text[:_MOST_WORDS],
        "categories": [" → ".join(trail_of(titles, code)) for code in report.category_codes],
        "questions": [f"{question}: {answer}" for question, answer in asked_of(report)],
        "place": f"{report.lat:.5f}, {report.lon:.5f}" if has_place else "",
        "photos": [_photo_address(report.community, each) for each in before.order_by("position", "pk")],
        "accept_due_at": report.accept_due_at,
        "explain_due_at": report.explain_due_at,
    }


def substitute_of(assignment: Assignment) -> str:
    """Whom the matrix names when this organisation is silent; empty when nobody."""
    named = MatrixTarget.objects.filter(
        rule__community_id=assignment.report.community_id,
        organisation_id=assignment.organisation_id,
        substitute__isnull=False,
        substitute__closed_at=None,
    )
    codes = set(assignment.report.category_codes)
    targets = list(named.select_related("substitute", "rule__category").order_by("rule__position", "pk"))
    closest = [each for each in targets if each.rule.category and each.rule.category.code in codes] or targets
    return closest[0].substitute.name if closest and closest[0].substitute else ""


def assignment_in(community_id: int, assignment_id: int) -> Assignment | None:
    found = Assignment.objects.select_related("organisation", "report__community", "report__organisation")
    return found.filter(pk=assignment_id, report__community_id=community_id).order_by("pk").first()


def _photo_address(community: Community, photo: Photo) -> str:
    path = reverse("files:file", args=[photo.file_id, photo.file.name], urlconf=settings.COMMUNITY_URLCONF)
    return address_of_page(community, path[path.index("/files/") :])
