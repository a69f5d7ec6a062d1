"""A report goes to its organisation's own server: queued with the assignment, sent outside any transaction, once."""

from datetime import datetime, timedelta

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.services.reports.actions.receiver_client import Server, Silent
from edem.services.reports.events import ForwardingRefused
from edem.services.reports.models import Assignment, Forwarding, Receiver
from edem.services.reports.queries.receivers import due_forwardings, key_of_receiver, told_of
from edem.services.reports.rules.forwarding import LOOKED_FOR_AFTER, Fate, Sent, Stage, next_try
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.open311.outgoing import form_of

DAY = timedelta(days=1)
ANSWERED = frozenset({Fate.SENT, Fate.REFUSED, Fate.GIVEN_AWAY})
"""Their server said something that makes sense."""


@transaction.atomic(durable=True)
def queue_forwarding(assignment_id: int, *, now: datetime) -> int | None:
    """Once for each assignment, however often the event comes."""
    found = Assignment.objects.filter(pk=assignment_id, returned_at=None, closed_at=None).order_by("pk").first()
    if found is None:
        return None
    receiver = Receiver.objects.filter(organisation_id=found.organisation_id, is_on=True).order_by("pk").first()
    if receiver is None:
        return None
    facts = {"receiver": receiver, "report_id": found.report_id, "made_at": now, "next_at": now}
    forwarding, _ = Forwarding.objects.get_or_create(assignment=found, defaults=facts)
    return forwarding.pk


def forward_due(*, now: datetime) -> None:
    """A server that has just been silent is left in peace till the next round: it would hold up the others."""
    silent: set[int] = set()
    for forwarding_id, receiver_id in due_forwardings(now):
        if receiver_id not in silent and not forward(forwarding_id, now=now):
            silent.add(receiver_id)


def forward(forwarding_id: int, *, now: datetime) -> bool:
    """One try; whether their server answered.

    Between its two transactions a process may die: then the report is looked for there before it is sent anew.
    """
    begun = _begin(forwarding_id, now=now)
    if begun is None:
        return True
    forwarding, was_unsure = begun
    outcome = _look(forwarding, now=now) if was_unsure else None
    if outcome is None:
        is_theirs = _is_still_theirs(forwarding)
        outcome = _send(forwarding) if is_theirs else Sent(fate=Fate.GIVEN_AWAY)
    _finish(forwarding_id, outcome, now=now)
    return outcome.fate in ANSWERED


@transaction.atomic(durable=True)
def _begin(forwarding_id: int, *, now: datetime) -> tuple[Forwarding, bool] | None:
    rows = Forwarding.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=forwarding_id)
    forwarding = rows.select_related("receiver", "report__community", "assignment").order_by("pk").first()
    if forwarding is None or forwarding.next_at is None or forwarding.next_at > now:
        return None
    if not forwarding.receiver.is_on:
        return None
    unsure = forwarding.stage == Stage.SENDING
    if not unsure and not _is_still_theirs(forwarding):
        forwarding.stage, forwarding.next_at = Stage.ENDED, None
        forwarding.save()
        return None
    forwarding.stage, forwarding.tries = Stage.SENDING, forwarding.tries + 1
    forwarding.begun_at = forwarding.begun_at or now
    forwarding.next_at = max(now + LOOKED_FOR_AFTER, next_try(forwarding.tries, now=now))
    forwarding.save()
    return forwarding, unsure


def _is_still_theirs(forwarding: Forwarding) -> bool:
    held = forwarding.assignment
    is_at_work = State(forwarding.report.state) in AT_WORK
    return is_at_work and held.returned_at is None and held.closed_at is None


def _send(forwarding: Forwarding) -> Sent:
    receiver = forwarding.receiver
    told = told_of(forwarding.report, receiver)
    form = form_of(told, jurisdiction=receiver.jurisdiction, api_key=key_of_receiver(receiver))
    return server_of(receiver).send(form, retry_key=f"edem-{forwarding.pk}")


def _look(forwarding: Forwarding, *, now: datetime) -> Sent | None:
    """Is it there already? None: their server says that it is not, so it may be sent."""
    mark = told_of(forwarding.report, forwarding.receiver).card
    since = (forwarding.begun_at or now) - DAY
    try:
        number = server_of(forwarding.receiver).number_of(mark, since=max(since, now - 89 * DAY), until=now + DAY)
    except Silent as silence:
        return Sent(fate=Fate.UNKNOWN, fault=silence.fault)
    return Sent(fate=Fate.SENT, number=number) if number else None


@transaction.atomic(durable=True)
def _finish(forwarding_id: int, outcome: Sent, *, now: datetime) -> None:
    rows = Forwarding.objects.select_for_update(of=("self",)).select_related("receiver")
    forwarding = rows.get(pk=forwarding_id)
    forwarding.fault = outcome.fault
    match outcome.fate:
        case Fate.SENT:
            forwarding.stage, forwarding.next_at, forwarding.sent_at = Stage.SENT, None, now
            forwarding.outside_id, forwarding.outside_token = outcome.number, outcome.token
        case Fate.REFUSED:
            forwarding.stage, forwarding.next_at, forwarding.refused_at = Stage.REFUSED, None, now
            announce(refusal_of(forwarding, now=now))
        case Fate.GIVEN_AWAY:
            forwarding.stage, forwarding.next_at = Stage.ENDED, None
        case Fate.LATER:
            forwarding.stage, forwarding.begun_at = Stage.WAITING, None
            forwarding.next_at = next_try(forwarding.tries, now=now)
        case Fate.UNKNOWN:
            forwarding.next_at = max(now + LOOKED_FOR_AFTER, next_try(forwarding.tries, now=now))
    forwarding.save()
    note_answer(forwarding.receiver, fault="" if outcome.fate in ANSWERED else outcome.fault, now=now)


def refusal_of(forwarding: Forwarding, *, now: datetime) -> ForwardingRefused:
    return ForwardingRefused(
        report_id=forwarding.report_id,
        assignment_id=forwarding.assignment_id,
        forwarding_id=forwarding.pk,
        at=now,
    )


def note_answer(receiver: Receiver, *, fault: str, now: datetime) -> None:
    """Since when it is silent, for the administrator's page."""
    receiver.fault = fault[:40]
    receiver.silent_since = (receiver.silent_since or now) if fault else None
    receiver.heard_at = receiver.heard_at if fault else now
    receiver.save(update_fields=["fault", "silent_since", "heard_at"])


def server_of(receiver: Receiver) -> Server:
    return Server(url=receiver.url, form=receiver.form, jurisdiction=receiver.jurisdiction)
