"""What stands in a community, by the names that addresses give it: the ground for asking for it from elsewhere."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from django.db.models import Model, QuerySet

from edem.foundation.communities.models import Community, District, Organisation
from edem.foundation.discussions.models import Comment
from edem.foundation.files.models import StoredFile
from edem.foundation.identity.models import Correction, MembershipFact, PersonMerge, Proposal
from edem.foundation.notices.models import Notice
from edem.foundation.people.models import EmergencyAccess, OutsideAccount, RoleGrant
from edem.services.petitions.models import (
    Attachment,
    Evidence,
    Exclusion,
    Export,
    Hearing,
    PaperSheet,
    Petition,
    PlanStage,
)
from edem.services.petitions.rules.exclusions import Move
from edem.services.petitions.rules.lifecycle import Step
from edem.services.reports.models import (
    AnswerTemplate,
    Category,
    DraftShot,
    Forwarding,
    MatrixRule,
    Photo,
    Report,
    ReportDraft,
    ReportImport,
    TaskLink,
)
from tests.house.routes import Route

EACH = 1

CHILDREN: Mapping[str, tuple[type[Model], str]] = {
    "attachment_id": (Attachment, "petition"),
    "stage_id": (PlanStage, "petition"),
    "evidence_id": (Evidence, "stage__petition"),
    "hearing_id": (Hearing, "petition"),
    "sheet_id": (PaperSheet, "petition"),
    "exclusion_id": (Exclusion, "petition"),
    "export_id": (Export, "petition"),
}
"""Argument → its table and the way to its petition."""

OWN: Mapping[str, type[Model]] = {
    "petition_id": Petition,
    "comment_id": Comment,
    "file_id": StoredFile,
    "notice_id": Notice,
    "letter_id": Notice,
    "district_id": District,
    "organisation_id": Organisation,
    "grant_id": RoleGrant,
    "correction_id": Correction,
    "fact_id": MembershipFact,
    "proposal_id": Proposal,
    "merge_id": PersonMerge,
    "emergency_id": EmergencyAccess,
    "account_id": OutsideAccount,
    "import_id": ReportImport,
    "forwarding_id": Forwarding,
    "report_id": Report,
    "draft_id": ReportDraft,
    "category_id": Category,
    "parent_id": Category,
    "rule_id": MatrixRule,
}
WAYS: Mapping[str, str] = {"account_id": "person__grants", "forwarding_id": "receiver"}
"""How a thing that names no community itself belongs to one."""
NESTED: Mapping[str, tuple[type[Model], str, str, str]] = {
    "template_id": (AnswerTemplate, "organisation", "organisation_id", "organisation_id"),
    "link_id": (TaskLink, "assignment__report", "report_id", "assignment__report_id"),
    "photo_id": (Photo, "report", "report_id", "report_id"),
    "shot_id": (DraftShot, "draft", "draft_id", "draft_id"),
}
"""Argument → its table, its way to the community, the argument that stands before it, and where that is found."""
SLUGS: Mapping[str, tuple[str, ...]] = {
    "paper": ("a3", "a4"),
    "move": (Move.CONFIRM, Move.RETURN),
    "name": ("any.pdf",),
    "deed": ("publish", "reject"),
    "act": ("accept", "close"),
    "code": ("depth",),
    "way": ("remove",),
    "number": ("1",),
}
STEPS = {"plan": ("done", "change"), "case": (Step.PUBLISH, Step.ANSWER)}
MODERATED = ("petition", "update", "attachment", "comment")
OPEN = {"person_id", "key_id", "number", "subscription_id", "device_id", "message_id", "parcel_id"}
"""Tried by name in the tests of their own pages: keys, subscriptions and browsers are the asker's own or nobody's."""


def arguments_of(
    route: Route, community: Community, *, strange_child: Community | None = None
) -> Iterator[dict[str, Any]]:
    """Every way to fill the route with what stands in the community; a child may come from another one."""
    names = [part.partition(":")[2] or part for part in _parts(route.path)]
    if "petition_id" in names and (child := next((name for name in names if name in CHILDREN), None)):
        table, way = CHILDREN[child]
        for row in things(table, strange_child or community, way)[:EACH]:
            mine = things(Petition, community, "").values_list("pk", flat=True)[0]
            petition = mine if strange_child else petition_of(row, way)
            yield from filled(names, route, {"petition_id": petition, child: row.pk})
    elif strange_child is None:
        nested = next((name for name in names if name in NESTED), None)
        known = nested_in(community, nested) if nested else owned_by(community, names)
        if known:
            yield from filled(names, route, known)


def nested_in(community: Community, name: str) -> dict[str, Any]:
    table, way, outer, found_at = NESTED[name]
    return {outer: things(table, community, way).values_list(found_at, flat=True)[0]} | {
        name: things(table, community, way)[0].pk
    }


def owned_by(community: Community, names: list[str]) -> dict[str, Any]:
    """Each by the first that the community has; nothing while it has none."""
    found = {name: things(OWN[name], community, WAYS.get(name, "")).first() for name in names if name in OWN}
    if None in found.values():
        return {}
    return {name: row.pk[1] if isinstance(row.pk, tuple) else row.pk for name, row in found.items()}


def things(table: type[Model], community: Community, way: str) -> "QuerySet[Any]":
    path = f"{way}__community" if way else "community"
    return table._default_manager.filter(**{path: community}).order_by("pk")


def petition_of(row: Any, way: str) -> int:
    for part in way.split("__"):
        row = getattr(row, part)
    return int(row.pk)


def filled(names: list[str], route: Route, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    left = [name for name in names if name not in known]
    choices = [STEPS["plan" if "/plan/" in route.path else "case"] if name == "step" else SLUGS[name] for name in left]
    for values in product(*choices):
        yield known | dict(zip(left, values, strict=True))


def _parts(path: str) -> list[str]:
    return [piece.partition(">")[0] for piece in path.split("<")[1:]]


def is_of_things(route: Route) -> bool:
    names = {part.partition(":")[2] or part for part in _parts(route.path)}
    return bool(names & (set(CHILDREN) | set(OWN) | set(NESTED)))
