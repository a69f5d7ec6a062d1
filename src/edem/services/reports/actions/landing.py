"""What an organisation's own system says of a report lands on the card: words as its answer, «closed» as work done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from edem.kernel.errors import Missing, NotAllowed, Refused
from edem.services.reports.actions.answering import write_answer
from edem.services.reports.actions.assigning import write_work_report
from edem.services.reports.actions.forwarding import note_answer, server_of
from edem.services.reports.actions.holding import held_by
from edem.services.reports.actions.receiver_client import Silent
from edem.services.reports.actions.stepping import lock
from edem.services.reports.messages import state_there
from edem.services.reports.models import Answer, Assignment, Forwarding, LandedUpdate, Receiver, Report
from edem.services.reports.queries.receivers import awaited_of
from edem.services.reports.rules.forwarding import DONE_THERE, LONGEST_NUMBER
from edem.services.reports.rules.lifecycle import AT_WORK, ON_THE_MAP, State
from edem.services.reports.rules.open311.asking import Status
from edem.services.reports.rules.open311.parameters import w3c_moment
from edem.services.reports.rules.words import TEXT_MOST

OVERLAP = timedelta(hours=1)
"""Asked for again each time: their clock is not ours, and the same word never lands twice."""
LONGEST_SPAN = timedelta(days=89)
LONGEST_KEY = 150


@dataclass(frozen=True, kw_only=True)
class Word:
    """One thing that their system said."""

    key: str
    status: Status | None
    text: str
    link: str = ""


@transaction.atomic(durable=True)
def land_update(
    community_id: int, number: int, word: Word, *, organisation_id: int, organisation_name: str, now: datetime
) -> int:
    """An organisation's program tells of a report that it holds; the worker closes it with a result (§4.5)."""
    known = Report.objects.filter(community_id=community_id, number=number).order_by("pk").values_list("pk", flat=True)
    if not known:
        raise Missing("open311.no_such_request", found=number)
    report = lock(known[0])

    if State(report.state) not in ON_THE_MAP:
        raise Missing("open311.no_such_request", found=number)
    held = held_by(report, [organisation_id])
    if held is None:
        raise NotAllowed("open311.not_held")

    landed = _landed(report, word, held=held, organisation_id=organisation_id, name=organisation_name, now=now)
    return landed.pk


def pull_updates(receiver_id: int, *, now: datetime) -> None:
    """Ask their server what became of ours. What it cannot say in updates is seen in the requests themselves."""
    receiver = Receiver.objects.select_related("organisation").filter(pk=receiver_id, is_on=True).order_by("pk").first()
    if receiver is None:
        return
    awaited = awaited_of(receiver)
    if not awaited:
        return
    since = max((receiver.pulled_until or now) - OVERLAP, now - LONGEST_SPAN)
    try:
        _learn_numbers(receiver, [each for each in awaited if not each.outside_id])
        told = _told(receiver, [each.outside_id for each in awaited if each.outside_id], since=since, now=now)
    except Silent as silence:
        note_answer(receiver, fault=silence.fault, now=now)
        return
    by_number = {each.outside_id: each for each in awaited}
    for number, word in told:
        if number in by_number:
            _land_pulled(by_number[number].pk, word, name=receiver.organisation.name, now=now)
    Receiver.objects.filter(pk=receiver.pk).update(pulled_until=now)
    note_answer(receiver, fault="", now=now)


def _learn_numbers(receiver: Receiver, nameless: Sequence[Forwarding]) -> None:
    for forwarding in nameless:
        number = server_of(receiver).number_behind(forwarding.outside_token)
        if number and len(number) <= LONGEST_NUMBER:
            forwarding.outside_id = number
            forwarding.save(update_fields=["outside_id"])


def _told(receiver: Receiver, numbers: Sequence[str], *, since: datetime, now: datetime) -> Sequence[tuple[str, Word]]:
    if not numbers:
        return []
    server = server_of(receiver)
    try:
        records = server.updates(since=since, until=now + OVERLAP)
    except Silent as silence:
        if not silence.fault.startswith("4"):
            raise
        return [_of_request(each) for each in server.requests(numbers)]
    return [_of_update(each) for each in records]


def _of_update(record: Mapping[str, str]) -> tuple[str, Word]:
    key = record.get("update_id") or f"{record.get('status', '')} {record.get('updated_datetime', '')}"
    return record.get("service_request_id", ""), Word(
        key=key[:LONGEST_KEY],
        status=_status(record.get("status", "")),
        text=_with_state(record.get("status", ""), record.get("description", "")),
    )


def _of_request(record: Mapping[str, str]) -> tuple[str, Word]:
    """A server without updates: its notes and its state, once for each time it changed them."""
    status, notes = _status(record.get("status", "")), record.get("status_notes", "")
    notes = _with_state(record.get("status", ""), notes)
    is_news = bool(notes.strip()) or status is Status.CLOSED
    key = f"{record.get('status', '')} {_moment(record.get('updated_datetime', ''))}" if is_news else ""
    return record.get("service_request_id", ""), Word(key=key[:LONGEST_KEY], status=status, text=notes)


def _with_state(word: str, text: str) -> str:
    """The standard knows open and closed; what a server says besides («rejected») is shown as it says it."""
    if not word.strip() or _status(word) is not None:
        return text
    return f"{state_there(word)}\n\n{text}".strip()


def _status(word: str) -> Status | None:
    plain = word.strip().lower()
    return Status(plain) if plain in set(Status) else None


def _moment(text: str) -> str:
    try:
        return w3c_moment(text, name="updated_datetime").isoformat()
    except Refused:
        return text


@transaction.atomic(durable=True)
def _land_pulled(forwarding_id: int, word: Word, *, name: str, now: datetime) -> None:
    """A report that has meanwhile been closed or given away keeps what was said before, and hears no more."""
    rows = Forwarding.objects.filter(pk=forwarding_id).order_by("pk").select_related("receiver", "assignment")
    forwarding = rows.get()
    report = lock(forwarding.report_id)
    held = held_by(report, [forwarding.receiver.organisation_id])
    if held is None or not word.key or State(report.state) not in ON_THE_MAP:
        return
    _landed(report, word, held=held, organisation_id=forwarding.receiver.organisation_id, name=name, now=now)
    if word.status and forwarding.outside_status != word.status:
        forwarding.outside_status = word.status
        forwarding.save(update_fields=["outside_status"])


def _landed(
    report: Report, word: Word, *, held: Assignment, organisation_id: int, name: str, now: datetime
) -> LandedUpdate:
    landed, is_new = LandedUpdate.objects.get_or_create(
        report=report, organisation_id=organisation_id, key=word.key, defaults={"at": now}
    )
    if not is_new:
        return landed
    text = "\n\n".join(part for part in (word.text.strip(), word.link) if part).replace("\x00", "")[:TEXT_MOST]
    if text:
        write_answer(report, text, kind=Answer.Kind.ANSWER, organisation_id=organisation_id, by=None, now=now)
    if word.status is Status.CLOSED and held.reported_at is None and State(report.state) in AT_WORK:
        done = text or DONE_THERE
        write_work_report(report, held, done, by=None, link=None, name=name, now=now)
    return landed
