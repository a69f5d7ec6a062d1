"""What a change of the matrix would have done in the last days, and what «не наше» teaches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.geo.points import Point
from edem.services.reports.models import Assignment, Category, Report
from edem.services.reports.queries.matrix import lineages_of, names_of, rules_of
from edem.services.reports.rules.learning import Held, Proposed, proposals
from edem.services.reports.rules.matrix import Rule, choose
from edem.services.reports.rules.matrix_change import LOOKED_BACK_DAYS, Case, DryRun, dry_run

MOST_CASES: Final = 50_000
"""The newest of the last days; a community with more of them learns enough from these."""
LEARNT_FROM_DAYS: Final = 180
SHOWN: Final = 50


@dataclass(frozen=True, kw_only=True)
class TrialLine:
    report_id: int
    number: int
    title: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Trial:
    """«12 повідомлень пішли б до іншої організації», with the list."""

    looked_at: int
    count: int
    ways: Sequence[tuple[str, str, int]]
    lines: Sequence[TrialLine]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True, kw_only=True)
class ProposalShown:
    proposed: Proposed
    category: str
    holder: str
    addressee: str

    @property
    def key(self) -> str:
        """Names it in the address of the form that takes it over."""
        return f"{self.proposed.category}-{self.proposed.from_id}-{self.proposed.to_id}"


def trial_of(community_id: int, new: Sequence[Rule], *, now: datetime) -> Trial:
    run = dry_run(rules_of(community_id), new, cases_since(community_id, now - timedelta(days=LOOKED_BACK_DAYS)))
    return _shown(run, names_of(community_id))


def cases_since(community_id: int, since: datetime) -> Iterator[Case]:
    found = Report.objects.filter(community_id=community_id, published_at__gte=since).order_by("-published_at", "-pk")
    rows = found.values_list("pk", "number", "title", "category_codes", "lat", "lon")[:MOST_CASES]
    for pk, number, title, codes, lat, lon in rows.iterator(chunk_size=2_000):
        point = None if lat is None or lon is None else Point(lat, lon)
        yield Case(report_id=pk, number=number or 0, title=title, lineages=lineages_of(codes), point=point)


def learnt(community_id: int, *, now: datetime) -> list[ProposalShown]:
    """What the matrix already does is not proposed again."""
    rules = rules_of(community_id)
    names = names_of(community_id)
    titles = dict(Category.objects.filter(community_id=community_id).order_by("pk").values_list("code", "title"))
    return [
        ProposalShown(
            proposed=each,
            category=f"{each.category}. {titles.get(each.category, '')}",
            holder=names.get(each.from_id, ""),
            addressee=names.get(each.to_id, ""),
        )
        for each in proposals(_held_since(community_id, now - timedelta(days=LEARNT_FROM_DAYS)))
        if each.to_id in names and not _is_done(each, rules)
    ]


def _held_since(community_id: int, since: datetime) -> list[Held]:
    found = Assignment.objects.filter(report__community_id=community_id, is_main=True, sent_at__gte=since)
    rows = found.order_by("pk").values_list(
        "report__category_codes", "organisation_id", "passed_to_id", "report__lat", "report__lon"
    )
    return [
        Held(
            category=codes[0],
            organisation_id=organisation_id,
            passed_to_id=passed_to_id,
            point=None if lat is None or lon is None else Point(lat, lon),
        )
        for codes, organisation_id, passed_to_id, lat, lon in rows
        if codes
    ]


def _is_done(proposed: Proposed, rules: Sequence[Rule]) -> bool:
    point = None
    if proposed.area is not None:
        [ring] = proposed.area["coordinates"]
        point = Point(sum(lat for _, lat in ring) / len(ring), sum(lon for lon, _ in ring) / len(ring))
    return choose(rules, lineages_of([proposed.category]), point).main_id == proposed.to_id


def _shown(run: DryRun, names: dict[int, str]) -> Trial:
    def name(pk: int | None) -> str:
        return names.get(pk, "") if pk is not None else ""

    return Trial(
        looked_at=run.looked_at,
        count=len(run.differences),
        ways=[(name(before), name(after), count) for before, after, count in run.ways],
        lines=[
            TrialLine(
                report_id=each.case.report_id,
                number=each.case.number,
                title=each.case.title,
                before=name(each.before),
                after=name(each.after),
            )
            for each in run.differences[:SHOWN]
        ],
    )
