"""A report stands under the wrong category: it is put under another one, in the open, and may go on by the matrix."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.holding import main_holder
from edem.services.reports.actions.joining import note
from edem.services.reports.actions.refusing import give_back, hand_to, organisation_of
from edem.services.reports.actions.routing import route
from edem.services.reports.actions.sending import put_under
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.events import ReportAssigned, ReportPassed, ReportRecategorised
from edem.services.reports.messages import record_words
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.categories import categories_chosen, titles_of
from edem.services.reports.queries.matrix import choice_for
from edem.services.reports.queries.points import point_of
from edem.services.reports.rules.draft import CATEGORIES_MOST
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.passing import check_reason

RECATEGORISE: Final = "recategorise"
MAY_RECATEGORISE: Final = frozenset({Role.CONTROL.value, Role.MODERATOR.value})


@transaction.atomic(durable=True)
def recategorise_report(
    report_id: int, *, codes: Sequence[str], by: Person, reason: str, now: datetime, passes_on: bool = False
) -> None:
    """The main category first. Everybody sees what it was and why; what nobody holds goes to whom the matrix names."""
    report = lock(report_id)

    roles = roles_of(by, report.community_id) & MAY_RECATEGORISE
    if not roles:
        raise NotAllowed("report.not_yours_to_recategorise")
    if State(report.state) is State.REJECTED:
        raise Conflict("report.taken_out")
    check_reason(reason)
    chosen = categories_chosen(report.community_id, list(dict.fromkeys(codes)))
    if not 1 <= len(chosen) <= CATEGORIES_MOST:
        raise Invalid("report.categories_count", most=CATEGORIES_MOST, field="category")
    if [each.code for each in chosen] == report.category_codes:
        raise Conflict("report.nothing_changed")

    former = report.category_codes
    report.categories.all().delete()
    put_under(report, chosen)
    report.category_codes, report.updated_at = [each.code for each in chosen], now
    moved = go_on(report, passes_on=passes_on, reason=reason, now=now)
    report.save()
    announce(ReportRecategorised(report_id=report.pk, at=now), *moved)
    show_anew(report)
    write_down(report, former, reason, actor=min(roles), now=now)
    record_staff_act(by, "report.recategorised", community_id=report.community_id, subject=report, now=now)


def go_on(report: Report, *, passes_on: bool, reason: str, now: datetime) -> list[ReportPassed | ReportAssigned]:
    """To whom the matrix gives the new category; whoever helps goes on helping."""
    if State(report.state) not in AT_WORK or report.follows_id is not None or report.self_organised:
        return []
    main_id = choice_for(report.community_id, report.category_codes, point_of(report)).main_id
    holder = main_holder(report)
    is_held_rightly = holder is not None and (not passes_on or holder.organisation_id == main_id)
    if main_id is None or is_held_rightly or has_returned(report, main_id):
        return []

    taker, passed = organisation_of(report, main_id), list[ReportPassed]()
    if holder is not None:
        give_back(holder, report, reason=reason, taker=taker, now=now)
        passed = [ReportPassed(report_id=report.pk, assignment_id=holder.pk)]
    return [*passed, *hand_to(report, taker, is_main=True, now=now), *route(report, now=now)]


def has_returned(report: Report, organisation_id: int) -> bool:
    """It does not go back to where it was «не наше»: then the control body decides."""
    returned = Assignment.objects.filter(report=report, organisation_id=organisation_id, returned_at__isnull=False)
    return returned.exists()


def write_down(report: Report, former: Sequence[str], reason: str, *, actor: str, now: datetime) -> None:
    titles = titles_of(report.community_id)
    before, after = (
        ", ".join(f"«{titles.get(code, code)}»" for code in codes) for codes in (former, report.category_codes)
    )
    words = record_words("recategorised", before=before, after=after, reason=reason.strip())
    note(report, words, report.state, RECATEGORISE, actor=actor, now=now)
