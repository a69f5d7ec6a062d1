"""Drafts as the form shows them, and as they are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from edem.foundation.communities.models import Community
from edem.foundation.files.models import Drawing
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.services.reports.models import Category, DraftShot, ReportDraft
from edem.services.reports.queries.categories import categories_offered
from edem.services.reports.rules.draft import Draft, DraftPhoto
from edem.services.reports.rules.suggesting import Named
from edem.services.reports.rules.writing import Typed


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A draft with what is shown beside it."""

    draft: ReportDraft
    typed: Typed
    shots: Sequence[DraftShot]
    chosen: Sequence[Category]

    @property
    def questions(self) -> list[dict[str, object]]:
        return [question for each in self.chosen for question in each.questions]


def draft_of(community: Community, draft_id: UUID, *, author: Person) -> ReportDraft:
    """Nobody else's draft exists."""
    found = ReportDraft.objects.filter(pk=draft_id, community=community, author=author).order_by("pk").first()
    if found is None:
        raise Missing("report.no_such_draft")
    return found


def writing_of(community: Community, draft_id: UUID, *, author: Person) -> Writing:
    draft = draft_of(community, draft_id, author=author)
    typed = Typed.read(draft.typed)
    shots = list(draft.shots.select_related("file").order_by("position", "pk"))
    known = {each.code: each for each in categories_offered(community).filter(code__in=typed.categories)}
    chosen = [known[code] for code in typed.categories if code in known]
    return Writing(draft=draft, typed=typed, shots=shots, chosen=chosen)


def drafts_of(community: Community, author: Person) -> Sequence[ReportDraft]:
    return list(ReportDraft.objects.filter(community=community, author=author).order_by("-touched_at", "pk")[:10])


def named(community: Community) -> list[Named]:
    """The categories as they are searched."""
    rows = categories_offered(community).values_list("code", "title", "words")
    return [Named(*row) for row in rows]


def ready_draft(writing: Writing) -> Draft:
    """As it is sent; the sending itself refuses what is missing."""
    typed = writing.typed
    return Draft(
        client_uuid=writing.draft.pk,
        title=typed.title,
        text=typed.text,
        categories=typed.categories,
        place=typed.point,
        accuracy_m=typed.accuracy_m,
        address=typed.address,
        settlement_code=typed.settlement_code,
        answers=typed.answers,
        is_anonymous=typed.is_anonymous,
        photos=tuple(
            DraftPhoto(file_id=each.file_id, width=each.width, height=each.height, dhash=each.dhash)
            for each in writing.shots
            if each.file.drawing != Drawing.BROKEN
        ),
    )


def shot_of(community: Community, draft_id: UUID, shot_id: int, *, author: Person) -> DraftShot:
    draft = draft_of(community, draft_id, author=author)
    found = draft.shots.select_related("file", "draft").filter(pk=shot_id).order_by("pk").first()
    if found is None:
        raise Missing("report.no_such_photo")
    return found
