"""One report as an organisation's people see it: the whole story, their own notes, and what they may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edem.foundation.communities.models import Community, Organisation
from edem.foundation.files.queries import address_of_file, small_address_of
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.queries import IN_FORCE
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing, NotAllowed
from edem.kernel.geo.points import Point
from edem.kernel.lifecycle import StateLook
from edem.services.reports.models import (
    AnswerFile,
    AnswerTemplate,
    Assignment,
    Category,
    Forwarding,
    InternalNote,
    Photo,
    Report,
    TaskLink,
    WorkReport,
)
from edem.services.reports.queries.categories import titles_of, trail_of
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.queries.circumstances import needs_photo
from edem.services.reports.queries.photos import Undrawn, photos_of_thing, undrawn_of
from edem.services.reports.queries.queues import nearest_clock
from edem.services.reports.rules.cabinet import Act, Standing, acts_for, next_act
from edem.services.reports.rules.forwarding import Stage
from edem.services.reports.rules.lifecycle import IN_ORGANISATION, STATES, State
from edem.services.reports.rules.terms import CLOCK_LABELS, ClockName


@dataclass(frozen=True, kw_only=True)
class Case:
    report: Report
    held: Assignment
    """The reader's own organisation's hold."""
    is_held_now: bool
    roles: frozenset[str]
    acts: Sequence[Act]
    clock: ClockName | None
    due_at: datetime | None
    as_of: datetime

    @property
    def look(self) -> StateLook:
        return STATES[State(self.report.state)]

    @property
    def clock_words(self) -> str:
        return CLOCK_LABELS[self.clock] if self.clock else ""

    @property
    def next_act(self) -> Act | None:
        return next_act(
            self.acts,
            clock=self.clock,
            is_appointed=bool(self.held.executor_name),
            is_reported=self.held.reported_at is not None,
        )

    @property
    def point(self) -> Point | None:
        return None if self.report.lat is None or self.report.lon is None else Point(self.report.lat, self.report.lon)


@dataclass(frozen=True, kw_only=True)
class Picture:
    address: str
    small: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Story:
    """What is read on the page."""

    categories: Sequence[str]
    questions: Sequence[tuple[str, str]]
    before: Sequence[Picture]
    after: Sequence[Picture]
    undrawn: Undrawn
    """Of the work."""
    notes: Sequence[InternalNote]
    work_reports: Sequence[WorkReport]
    links: Sequence[TaskLink]
    papers: Sequence[tuple[str, str]]
    """Documents that came by mail, with their addresses: the staff's to read."""
    refused: Forwarding | None
    """Their own server did not want it."""
    is_box_dead: bool
    """A letter about it came back from the organisation's mailbox."""


def own_organisations(person: Person, community_id: int) -> list[tuple[Organisation, frozenset[str]]]:
    """Where this person works, in which roles."""
    grants = RoleGrant.objects.filter(
        IN_FORCE, person=person, community_id=community_id, role__in=IN_ORGANISATION, organisation__isnull=False
    )
    found: dict[int, tuple[Organisation, set[str]]] = {}
    for grant in grants.select_related("organisation").order_by("organisation__name_key", "organisation_id", "pk"):
        assert grant.organisation is not None
        found.setdefault(grant.organisation.pk, (grant.organisation, set()))[1].add(grant.role)
    return [(organisation, frozenset(roles)) for organisation, roles in found.values()]


def case_of(community: Community, report_id: int, *, reader: Person, now: datetime) -> Case:
    """Whoever's organisation holds it, or held it once and gave it away: they may still read what they did."""
    report = _report(community, report_id)
    own = {organisation.pk: roles for organisation, roles in own_organisations(reader, community.pk)}
    holds = Assignment.objects.filter(report=report, organisation_id__in=own).select_related("organisation")
    held = sorted(holds.order_by("pk"), key=lambda each: (each.returned_at is None, each.is_main, each.pk))
    if not held:
        raise NotAllowed("report.not_held_by_you")
    mine = held[-1]
    is_held_now = mine.returned_at is None
    roles = own[mine.organisation_id]
    clock, due_at = nearest_clock(report, mine)
    return Case(
        report=report,
        held=mine,
        is_held_now=is_held_now,
        roles=roles,
        acts=acts_for(roles, _standing(report, mine)) if is_held_now else [],
        clock=clock,
        due_at=due_at,
        as_of=now,
    )


def story_of(case: Case) -> Story:
    report, held = case.report, case.held
    titles = titles_of(report.community_id)
    before, after = pictures_of(report)
    return Story(
        categories=[" → ".join(trail_of(titles, code)) for code in report.category_codes],
        questions=asked_of(report),
        before=before,
        after=after,
        undrawn=undrawn_of(report, stage=Photo.Stage.AFTER),
        notes=list(
            report.notes.filter(organisation_id=held.organisation_id).select_related("author").order_by("at", "pk")
        ),
        work_reports=list(WorkReport.objects.filter(assignment__report=report).order_by("at", "pk")),
        links=list(held.links.order_by("-made_at", "pk")),
        papers=papers_of(report),
        refused=Forwarding.objects.filter(assignment=held, stage=Stage.REFUSED).order_by("pk").first(),
        is_box_dead=held.lost_letters.exists(),
    )


def pictures_of(report: Report) -> tuple[list[Picture], list[Picture]]:
    """Of the problem, and of the work."""
    photos = photos_of_thing(report).select_related("file")
    shown = [
        (
            each.stage,
            Picture(address=address_of_file(each.file), small=small_address_of(each.file), at=each.added_at),
        )
        for each in photos
    ]
    return (
        [picture for stage, picture in shown if stage == Photo.Stage.BEFORE],
        [picture for stage, picture in shown if stage == Photo.Stage.AFTER],
    )


def papers_of(report: Report) -> list[tuple[str, str]]:
    found = AnswerFile.objects.filter(answer__report=report).select_related("file").order_by("pk")
    return [(each.file.name, address_of_file(each.file)) for each in found]


def asked_of(report: Report) -> list[tuple[str, str]]:
    """The categories' own questions with the answers; one that was taken away since is called by its code."""
    asked = Category.objects.filter(community_id=report.community_id, code__in=report.category_codes).order_by("pk")
    questions = [each for of_category in asked.values_list("questions", flat=True) for each in of_category]
    labels = {each["code"]: each["label"] for each in questions}
    return [(labels.get(code, code), _said(answer)) for code, answer in sorted(report.answers.items())]


def _said(answer: object) -> str:
    return ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def executors_of(organisation_id: int) -> list[tuple[UUID, str]]:
    grants = RoleGrant.objects.filter(
        IN_FORCE, organisation_id=organisation_id, role=Role.EXECUTOR, person__is_active=True
    )
    people = grants.order_by("person__name_key", "person_id").values_list("person_id", "person__display_name")
    return list(people.distinct())


def executor_named(organisation_id: int, person_id: UUID) -> Person:
    grants = RoleGrant.objects.filter(
        IN_FORCE, organisation_id=organisation_id, role=Role.EXECUTOR, person__is_active=True, person_id=person_id
    )
    grant = grants.select_related("person").order_by("pk").first()
    if grant is None:
        raise Missing("report.not_an_executor")
    return grant.person


def templates_of(organisation_id: int) -> Sequence[AnswerTemplate]:
    return list(AnswerTemplate.objects.filter(organisation_id=organisation_id).order_by("title", "pk"))


def addressees_of(case: Case) -> list[tuple[int, str]]:
    """To whom it may be passed: open organisations that have not given it back already."""
    returned = case.report.assignments.filter(returned_at__isnull=False).values("organisation_id")
    others = Organisation.objects.filter(community_id=case.report.community_id, closed_at=None)
    others = others.exclude(pk=case.held.organisation_id).exclude(pk__in=returned)
    return list(others.order_by("name_key", "pk").values_list("pk", "name"))


def numbers_of(community_id: int, report_ids: Sequence[int]) -> dict[int, int]:
    """Only what is this community's."""
    found = Report.objects.filter(community_id=community_id, pk__in=report_ids).order_by("pk")
    return {pk: number or 0 for pk, number in found.values_list("pk", "number")}


def photo_needed(case: Case) -> bool:
    return needs_photo(case.report)


def _report(community: Community, report_id: int) -> Report:
    found = Report.objects.select_related("community", "author", "organisation")
    report = found.filter(community=community, pk=report_id).order_by("pk").first()
    if report is None or report.state in {State.CHECKING, State.REJECTED}:
        raise Missing("report.missing")
    return report


def _standing(report: Report, held: Assignment) -> Standing:
    return Standing(
        state=State(report.state),
        is_main=held.is_main,
        is_informed=held.head_informed_at is not None,
        is_accepted=held.accepted_at is not None,
        worker_closes_reopened=charter_of(report).worker_closes_reopened,
    )
