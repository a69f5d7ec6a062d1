"""What followed the sample's answers: plans with their stages and evidence, a hearing to come and one that was held."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Final

from openpyxl import Workbook

from edem.config.sample.petitions import SamplePetition
from edem.config.sample.reading import PlanItem
from edem.config.sample.seeding.pictures import lamps_at_dusk
from edem.config.sample.seeding.staffing import Team
from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import publish_files
from edem.foundation.files.rules import Kind
from edem.foundation.identity.sealed_files import store_made_sealed
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import KYIV, kyiv_day, starts_of_day, warns_at
from edem.services.petitions.actions.evidencing import PURPOSE
from edem.services.petitions.events import StageClockStarted
from edem.services.petitions.models import Evidence, Hearing, HearingChange, Petition, PlanChange, PlanStage
from edem.services.petitions.rules.fulfilment import HAS_A_PLAN, Change, Standing
from edem.services.petitions.rules.hearings import Change as HearingTurn
from edem.services.petitions.rules.hearings import Standing as HearingStanding
from edem.services.petitions.rules.lifecycle import State, Step

Pairs = Iterable[tuple[SamplePetition, Petition]]

ONE_DAY: Final = timedelta(days=1)
SHOWN: Final = "light-embankment"
"""The petition whose fulfilment has photos, and which was heard in public."""
MOVED_BY: Final = 21 * ONE_DAY
MOVED_WHY: Final = "Уточнили обсяг робіт після обстеження, тому закупівлю оголосили пізніше."
EVERY_THIRD: Final = 3
PLACE: Final = "Міська рада, мала зала, 2-й поверх"
AGENDA: Final = (
    "Автор представляє петицію.\nВідповідальний орган розповідає, що можливо і скільки коштує.\nЗапитання мешканців."
)
RECORD: Final = (
    "Були присутні автор петиції, заступник міського голови та 34 мешканці.\n\n"
    "Автор представив петицію. Комунальне підприємство показало обстеження опор і орієнтовну вартість.\n\n"
    "Мешканці попросили додати підсвітку сходів і вимикати світло на час комендантської години. Пропозиції враховано."
)


def write_outcomes(pairs: Pairs, *, team: Team, now: datetime) -> None:
    officer = team[Role.OFFICER]
    for sample, petition in pairs:
        if petition.state in HAS_A_PLAN:
            _plan(sample, petition, officer, now=now)
        _hearing(sample, petition, officer, now=now)


def _plan(sample: SamplePetition, petition: Petition, officer: Person, *, now: datetime) -> None:
    answer, answered_at = sample.text.answer, petition.answered_at
    if answer is None or answered_at is None:
        return
    begun = sample.chronicle.when(Step.START_FULFILMENT)
    for point in answer.plan:
        stage = _stage(petition, point, answered=kyiv_day(answered_at))
        PlanChange.objects.create(stage=stage, at=begun, by=officer, kind=Change.ADDED)
        if stage.standing == Standing.DONE:
            _done(stage, point, officer, begun=begun, now=now)
            if sample.text.key == SHOWN:
                _evidence(stage, point, officer)
        elif petition.state == State.FULFILMENT:
            _waits(stage, petition, officer, begun=begun, now=now)


def _stage(petition: Petition, point: PlanItem, *, answered: date) -> PlanStage:
    return PlanStage.objects.create(
        petition=petition,
        title=point.what,
        body=petition.responsible_body,
        due_at=starts_of_day(answered + (point.due + 1) * ONE_DAY),
        amount=None if point.amount is None else point.amount * 100,
        standing=Standing.PLANNED if point.done is None else Standing.DONE,
        done_on=None if point.done is None else answered + point.done * ONE_DAY,
    )


def _done(stage: PlanStage, point: PlanItem, officer: Person, *, begun: datetime, now: datetime) -> None:
    assert stage.done_on is not None
    at = min(max(_on(stage.done_on, time(15, 20)), begun + timedelta(minutes=20)), now)
    PlanChange.objects.create(stage=stage, at=at, by=officer, kind=Change.DONE, note=point.evidence or "Виконано.")


def _waits(stage: PlanStage, petition: Petition, officer: Person, *, begun: datetime, now: datetime) -> None:
    """Every third open stage was moved once, in public; its reminders still lie ahead."""
    if (petition.number or 0) % EVERY_THIRD == 0 and stage.due_at - MOVED_BY > begun:
        at = min(stage.due_at - MOVED_BY - ONE_DAY, now)
        PlanChange.objects.create(
            stage=stage,
            at=max(at, begun),
            by=officer,
            kind=Change.MOVED,
            note=MOVED_WHY,
            due_before=stage.due_at - MOVED_BY,
            due_after=stage.due_at,
        )
    warn_at = warns_at(stage.due_at, working_days_before=1, calendar=working_calendar(now))
    announce(StageClockStarted(stage_id=stage.pk, warn_at=warn_at, due_at=stage.due_at))


def _evidence(stage: PlanStage, point: PlanItem, officer: Person) -> None:
    """The estimate for the project, photos for the works."""
    assert stage.done_on is not None
    at = _on(stage.done_on, time(16, 5))
    community = stage.petition.community
    if stage.due_at == min(stage.petition.plan.values_list("due_at", flat=True)):
        content, name, kind = _estimate(stage), "кошторис.xlsx", Kind.XLSX
    else:
        content, name, kind = lamps_at_dusk(seed=stage.pk, lit=6), "набережна.jpg", Kind.JPEG
    stored = store_made_sealed(content, name=name, kind=kind, community=community, purpose=PURPOSE, now=at)
    publish_files([stored.pk])
    words = "Кошторис проєкту" if kind is Kind.XLSX else f"Ліхтарі над набережною ввечері. {point.what}"
    Evidence.objects.create(
        stage=stage, file=stored, words=words, added_at=at, added_by=officer, published_at=at, published_by=officer
    )


def _estimate(stage: PlanStage) -> bytes:
    book, file = Workbook(), BytesIO()
    sheet = book.create_sheet("Кошторис", 0)
    sheet.append(["Етап", "Сума, грн"])
    for each in stage.petition.plan.order_by("due_at", "pk"):
        sheet.append([each.title, (each.amount or 0) / 100])
    book.save(file)
    return file.getvalue()


def _hearing(sample: SamplePetition, petition: Petition, officer: Person, *, now: datetime) -> None:
    announced_at = petition.announced_at
    if announced_at is None:
        return
    if petition.hearing_asked and petition.state == State.CONSIDERATION:
        day = working_calendar(now).add_working(kyiv_day(now), 2)
        _heard(petition, officer, at=announced_at, starts_at=_on(day, time(17, 30)), record="")
    elif sample.text.key == SHOWN and petition.answered_at:
        day = kyiv_day(announced_at + (petition.answered_at - announced_at) / 2)
        _heard(petition, officer, at=announced_at, starts_at=_on(day, time(17, 30)), record=RECORD)
        Petition.objects.filter(pk=petition.pk).update(hearing_asked=True)


def _heard(petition: Petition, officer: Person, *, at: datetime, starts_at: datetime, record: str) -> None:
    standing = HearingStanding.HELD if record else HearingStanding.APPOINTED
    hearing = Hearing.objects.create(
        petition=petition,
        standing=standing,
        starts_at=starts_at,
        minutes=90,
        place=PLACE,
        agenda=AGENDA,
        record=record,
    )
    turns = [(at + timedelta(hours=1), HearingTurn.APPOINTED)]
    if record:
        turns.append((starts_at + ONE_DAY, HearingTurn.HELD))
    for moment, kind in turns:
        after = starts_at if kind is HearingTurn.APPOINTED else None
        HearingChange.objects.create(hearing=hearing, at=moment, by=officer, kind=kind, starts_after=after)


def _on(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=KYIV)
