"""Changing the matrix, one rule at a time, by whoever has seen what the change would have done."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.actions.locking import lock_community
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.kernel.geo.areas import area_from_geojson
from edem.services.reports.models import Category, MatrixRule, MatrixTarget
from edem.services.reports.queries.matrix import matrix_digest, open_organisations, rules_of
from edem.services.reports.rules.matrix import Rule, Target
from edem.services.reports.rules.matrix_change import Way, changed

KEEPERS: Final = frozenset({Role.COMMUNITY_ADMIN.value, Role.CONTROL.value})
_NEW: Final = 0


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    category: str = ""
    """Empty: all of them."""
    area: dict[str, Any] | None = None
    note: str = ""
    main_id: int
    helper_ids: tuple[int, ...] = ()
    substitute_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MatrixChange:
    way: Way
    rule_id: int | None = None
    """The rule that is changed; for a new one, before which it comes (none: at the end)."""
    draft: RuleDraft | None = None

    def digest(self, community_id: int) -> str:
        """Of this change in this matrix: what the dry run was about."""
        said = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(f"{matrix_digest(community_id)}{said}".encode()).hexdigest()


def matrix_with(community_id: int, change: MatrixChange) -> list[Rule]:
    """The matrix as it would be, for the dry run; refuses what could not be saved either."""
    if change.draft is not None:
        _check_draft(change.draft, community_id)
    return changed(rules_of(community_id), change.way, change.rule_id, _as_rule(change))


@transaction.atomic(durable=True)
def change_matrix(community_id: int, change: MatrixChange, *, seen: str, by: Person, now: datetime) -> None:
    """Refused when the matrix has changed since the dry run: what was seen is not what would happen."""
    lock_community(community_id)

    if roles_of(by, community_id).isdisjoint(KEEPERS):
        raise NotAllowed("report.matrix_not_yours")
    if change.draft is not None:
        _check_draft(change.draft, community_id)
    if seen != change.digest(community_id):
        raise Conflict("report.matrix_outdated")

    order = [each.id for each in changed(rules_of(community_id), change.way, change.rule_id, _as_rule(change))]
    rule = _write(community_id, change)
    _put_in_order([rule.pk if pk == _NEW else pk for pk in order])
    record_staff_act(
        by, "report.matrix_changed", community_id=community_id, subject=rule, now=now, way=change.way.value
    )
    if change.way is Way.REMOVE:
        rule.delete()


def _write(community_id: int, change: MatrixChange) -> MatrixRule:
    if change.way is Way.ADD:
        rule = MatrixRule(community_id=community_id)
    else:
        found = MatrixRule.objects.filter(community_id=community_id, pk=change.rule_id or 0).order_by("pk").first()
        if found is None:
            raise Missing("report.matrix_rule_missing")
        rule = found
    if change.draft is not None:
        _fill(rule, change.draft, community_id)
    return rule


def _fill(rule: MatrixRule, draft: RuleDraft, community_id: int) -> None:
    rule.category = _category(draft.category, community_id)
    rule.area, rule.note = draft.area, draft.note
    rule.save()
    rule.targets.all().delete()
    MatrixTarget.objects.bulk_create(
        MatrixTarget(
            rule=rule,
            organisation_id=each.organisation_id,
            is_main=each.is_main,
            substitute_id=each.substitute_id,
        )
        for each in _targets(draft)
    )


def _put_in_order(order: list[int]) -> None:
    rows = MatrixRule.objects.in_bulk(order)
    for place, pk in enumerate(order, start=1):
        rows[pk].position = place
    MatrixRule.objects.bulk_update(rows.values(), ["position"])


def _as_rule(change: MatrixChange) -> Rule | None:
    if change.draft is None:
        return None
    pk = change.rule_id if change.way is Way.CHANGE and change.rule_id else _NEW
    area = None if change.draft.area is None else area_from_geojson(change.draft.area)
    return Rule(id=pk, category=change.draft.category or None, area=area, targets=_targets(change.draft))


def _targets(draft: RuleDraft) -> tuple[Target, ...]:
    main = Target(organisation_id=draft.main_id, is_main=True, substitute_id=draft.substitute_id)
    return (main, *(Target(organisation_id=each) for each in draft.helper_ids if each != draft.main_id))


def _check_draft(draft: RuleDraft, community_id: int) -> None:
    known = {pk for pk, _ in open_organisations(community_id)}
    if not {draft.main_id, *draft.helper_ids, *([draft.substitute_id] if draft.substitute_id else [])} <= known:
        raise Invalid("report.no_such_organisation")
    if draft.substitute_id == draft.main_id:
        raise Invalid("report.matrix_substitute", field="substitute")
    _category(draft.category, community_id)
    if draft.area is not None:
        area_from_geojson(draft.area)


def _category(code: str, community_id: int) -> Category | None:
    if not code:
        return None
    found = Category.objects.filter(community_id=community_id, code=code).order_by("pk").first()
    if found is None:
        raise Invalid("report.unknown_category", field="category")
    return found
