"""The public page «Правила»: one version of a service's charter in plain words, and all the versions beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from edem.foundation.communities.charter import Charter
from edem.foundation.communities.charter_fields import fields_of
from edem.foundation.communities.charter_words import words_of
from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.queries import charter_versions
from edem.kernel.errors import Missing


@dataclass(frozen=True, kw_only=True)
class Rule:
    name: str
    title: str
    words: str
    description: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    title: str
    rules: Sequence[Rule]


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    version: int
    act_title: str
    act_number: str
    act_date: date
    act_url: str
    since: datetime
    until: datetime | None
    """The first moment at which another version holds."""
    is_in_force: bool
    is_to_come: bool
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class CharterPage:
    shown: VersionLine
    groups: Sequence[RuleGroup]
    versions: Sequence[VersionLine]


@dataclass(frozen=True, kw_only=True)
class Difference:
    title: str
    before: str
    after: str
    clause: str


def charter_page(
    community_id: int, service: str, model: type[Charter], *, now: datetime, version: int | None = None
) -> CharterPage:
    """The version asked for, or the one in force; before the first begins, the one that will."""
    adopted = list(charter_versions(community_id, service))
    lines = _lines(adopted, now=now, shown=version)
    line = next((each for each in lines if each.is_shown), None)
    if line is None:
        raise Missing("charter.none_in_force", service=service)
    found = next(each for each in adopted if each.version == line.version)
    return CharterPage(shown=line, groups=_groups(found, model), versions=lines)


def rule_words(charter: Charter, *, clauses: dict[str, str]) -> list[Rule]:
    return [
        Rule(
            name=field.name,
            title=_(field.title),
            words=words_of(field, getattr(charter, field.name)),
            description=_(field.description) if field.description else "",
            clause=clauses.get(field.name, ""),
        )
        for field in fields_of(type(charter))
    ]


def differences(old: CharterVersion | None, new: Charter, *, clauses: dict[str, str]) -> list[Difference]:
    """What a reader of «Правила» would see change; everything, when there was nothing before."""
    after = rule_words(new, clauses=clauses)
    if old is None:
        return [Difference(title=rule.title, before="", after=rule.words, clause=rule.clause) for rule in after]
    before = {rule.name: rule for rule in rule_words(old.read(type(new)), clauses=old.clauses)}
    return [
        Difference(title=rule.title, before=before[rule.name].words, after=rule.words, clause=rule.clause)
        for rule in after
        if (rule.words, rule.clause) != (before[rule.name].words, before[rule.name].clause)
    ]


def _groups(version: CharterVersion, model: type[Charter]) -> list[RuleGroup]:
    groups: dict[str, list[Rule]] = {}
    titles = {field.name: field.group for field in fields_of(model)}
    for rule in rule_words(version.read(model), clauses=version.clauses):
        groups.setdefault(titles[rule.name], []).append(rule)
    return [RuleGroup(title=_(title) if title else "", rules=rules) for title, rules in groups.items()]


def _lines(adopted: Sequence[CharterVersion], *, now: datetime, shown: int | None) -> list[VersionLine]:
    """The last adopted first. A version that another overtook on its very first moment never held."""
    by_moment = sorted(adopted, key=lambda each: (each.in_force_from, each.version))
    holding = [each for each in by_moment if each.in_force_from <= now]
    in_force = holding[-1].version if holding else None
    wanted = shown or in_force or (by_moment[0].version if by_moment else None)
    following = {each.version: after.in_force_from for each, after in pairwise(by_moment)}
    return [
        VersionLine(
            version=each.version,
            act_title=each.act_title,
            act_number=each.act_number,
            act_date=each.act_date,
            act_url=each.act_url,
            since=each.in_force_from,
            until=following.get(each.version),
            is_in_force=each.version == in_force,
            is_to_come=each.in_force_from > now,
            is_shown=each.version == wanted,
        )
        for each in adopted
    ]
