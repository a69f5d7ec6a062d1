"""Adopting the rules of a service: a new version follows the old, which is never touched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from edem.foundation.communities.actions.locking import lock_community
from edem.foundation.communities.charter import Charter
from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.queries import charter_versions
from edem.foundation.communities.recording import Record
from edem.kernel.deadlines import kyiv_day, starts_of_day
from edem.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, kw_only=True)
class Act:
    """The council's decision behind a version."""

    title: str
    number: str
    date: date
    url: str = ""


@transaction.atomic(durable=True)
def adopt_charter(
    community_id: int,
    service: str,
    *,
    charter: Charter,
    act: Act,
    clauses: Mapping[str, str],
    in_force_from: date,
    record: Record,
    now: datetime,
) -> CharterVersion:
    """Put the council's decision in force from a day. What has begun before keeps the version it began under."""
    lock_community(community_id)
    last = charter_versions(community_id, service).first()

    check_may_adopt(last, act=act, in_force_from=in_force_from, now=now)
    _check_clauses(charter, clauses)
    version = _next(last, charter, act, clauses)
    version.community_id, version.service = community_id, service
    version.in_force_from = _moment(in_force_from, is_first=last is None, now=now)
    _check_changes_something(last, version)

    version.save(force_insert=True)

    record(
        "communities.charter_adopted",
        community_id=community_id,
        subject=version,
        now=now,
        service=service,
        version=version.version,
    )
    return version


def check_may_adopt(last: CharterVersion | None, *, act: Act, in_force_from: date, now: datetime) -> None:
    """The first rules may have held for long; a change never works backwards (Constitution, article 58)."""
    if act.date > kyiv_day(now):
        raise Invalid("charter.act_in_future", field="act_date")
    if act.date > in_force_from:
        raise Invalid("charter.act_after_start", act_date=act.date, field="in_force_from")
    if last is None:
        return
    if in_force_from < kyiv_day(now):
        raise Invalid("charter.in_the_past", field="in_force_from")
    if in_force_from < kyiv_day(last.in_force_from):
        raise Conflict("charter.before_scheduled", since=last.in_force_from, field="in_force_from")


def _next(last: CharterVersion | None, charter: Charter, act: Act, clauses: Mapping[str, str]) -> CharterVersion:
    return CharterVersion(
        version=last.version + 1 if last else 1,
        act_title=act.title,
        act_number=act.number,
        act_date=act.date,
        act_url=act.url,
        values=charter.model_dump(mode="json"),
        clauses={name: clause for name, clause in clauses.items() if clause},
    )


def _moment(in_force_from: date, *, is_first: bool, now: datetime) -> datetime:
    """A change that begins today begins now: what was started this morning was started under the old rules."""
    return now if in_force_from == kyiv_day(now) and not is_first else starts_of_day(in_force_from)


def _check_clauses(charter: Charter, clauses: Mapping[str, str]) -> None:
    unknown = sorted(set(clauses) - set(type(charter).model_fields))
    if unknown:
        raise Invalid("charter.unknown_clause", name=unknown[0])


def _check_changes_something(last: CharterVersion | None, new: CharterVersion) -> None:
    told = ("values", "clauses", "act_title", "act_number", "act_date", "act_url")
    if last and all(getattr(last, name) == getattr(new, name) for name in told):
        raise Conflict("charter.nothing_changed")
