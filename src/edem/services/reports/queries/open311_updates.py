"""What happened to reports, as the extension of updates tells it: public steps and public answers, in their order."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from edem.foundation.communities.models import Community
from edem.services.reports.models import Answer, ReportStep
from edem.services.reports.queries.open311 import status_of
from edem.services.reports.rules.lifecycle import ON_THE_MAP, STATES, State, Step
from edem.services.reports.rules.open311.asking import MOST, Span
from edem.services.reports.rules.open311.documents import Update

TOLD = (Answer.Kind.ANSWER, Answer.Kind.EXPLANATION)
"""What organisations say to everybody; questions to the author and warnings stay on the card."""


def updates(community: Community, span: Span, *, ids: Sequence[str], page: int, page_size: int = MOST) -> list[Update]:
    numbers = [int(each) for each in ids if each.isascii() and each.isdigit() and len(each) < 10]  # noqa: PLR2004 - INT
    asked = {"report__community": community, "report__state__in": [state.value for state in ON_THE_MAP]}
    asked |= {"at__gte": span.first, "at__lte": span.last} | ({"report__number__in": numbers} if ids else {})
    last = page * page_size
    steps = ReportStep.objects.filter(public=True, **asked).select_related("report").order_by("at", "pk")[:last]
    answers = _answers(asked).select_related("report").order_by("at", "pk")[:last]
    told = merge(_of_steps(steps), _of_answers(answers), key=lambda each: (each.at, each.id))
    return list(islice(told, last - page_size, last))


def _of_steps(steps: QuerySet[ReportStep]) -> Iterator[Update]:
    for step in steps:
        words = gettext(STATES[State(step.to_state)].label)
        said = step.note if step.step == Step.CLOSE else ""
        yield Update(
            id=f"step-{step.pk}",
            request_id=str(step.report.number),
            status=status_of(step.to_state),
            at=step.at,
            description=f"{words}. {said}" if said else words,
            media_url="",
        )


def _answers(asked: dict[str, object]) -> QuerySet[Answer]:
    """With the state in which the report was when it was said."""
    before = ReportStep.objects.filter(report=OuterRef("report"), at__lte=OuterRef("at"), public=True)
    state = Subquery(before.order_by("-at", "-pk").values("to_state")[:1])
    return Answer.objects.filter(public=True, kind__in=TOLD, **asked).annotate(state_then=state)


def _of_answers(answers: QuerySet[Answer]) -> Iterator[Update]:
    for answer in answers:
        yield Update(
            id=f"answer-{answer.pk}",
            request_id=str(answer.report.number),
            status=status_of(answer.state_then or answer.report.state),  # type: ignore[attr-defined]  # annotated
            at=answer.at,
            description=answer.text,
            media_url="",
        )
