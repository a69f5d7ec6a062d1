"""Exclusions in words and pictures: conditions as answers, bursts as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from edem.foundation.people.roles import LABELS, Role
from edem.kernel.ukrainian import N_
from edem.services.petitions.queries.bursts import Burst, Bursts
from edem.services.petitions.queries.exclusion_pages import ExclusionPage
from edem.services.petitions.rules.channels import channel_label, way_label
from edem.services.petitions.rules.exclusions import PROPOSE, Move
from edem.services.petitions.web.exclusion_forms import TO_THE_SECOND
from edem.ui.answers.answers import Answer
from edem.ui.chart.chart import Bars
from edem.ui.words import number, short_day

DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Busy:
    """A minute worth a look, with the address that narrows the window to it."""

    label: str
    count: int
    url: str


def bars_of(bursts: Bursts | None) -> Bars | None:
    """Nothing to compare, no picture."""
    if bursts is None or len(bursts.bars) == 1:
        return None
    return Bars(
        title=_("Коли поставлено вибрані підписи"),
        unit=_("підписів"),
        rows=tuple((stretch(bar, bursts.step), bar.count) for bar in bursts.bars),
        highlight=highest(bursts),
        first_column=_("Проміжок"),
    )


def highest(bursts: Bursts) -> str:
    """The one bar that stands out; none where several are as high."""
    most = max(bar.count for bar in bursts.bars)
    peaks = [bar for bar in bursts.bars if bar.count == most]
    return stretch(peaks[0], bursts.step) if len(peaks) == 1 else ""


def stretch(bar: Burst, step: timedelta) -> str:
    """«14 жовтня», «14 жовтня, 09:00», «14 жовтня, 09:00:15»: as fine as its step."""
    if step > DAY:
        return f"{short_day(bar.since)} – {short_day(bar.until)}"
    if step == DAY:
        return short_day(bar.since)
    return f"{short_day(bar.since)}, {clock_to(bar.since, step)}"


def clock_to(at: datetime, step: timedelta) -> str:
    return format_date(timezone.localtime(at), "H:i" if step >= MINUTE else "H:i:s")


def to_the_second(at: datetime) -> str:
    return format_date(timezone.localtime(at), "j\u00a0E Y, H:i:s")


def busiest_of(bursts: Bursts | None, *, asked: QueryDict) -> Sequence[Busy]:
    if bursts is None:
        return []
    return [
        Busy(
            label=f"{short_day(each.since)}, {clock_to(each.since, MINUTE)}",
            count=each.count,
            url=narrowed(asked, each),
        )
        for each in bursts.busiest
    ]


def narrowed(asked: QueryDict, burst: Burst) -> str:
    """The same conditions, within this stretch."""
    query = asked.copy()
    query.pop("page", None)
    query["since"] = timezone.localtime(burst.since).strftime(TO_THE_SECOND)
    query["until"] = timezone.localtime(burst.until).strftime(TO_THE_SECOND)
    return f"?{query.urlencode()}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One step of an exclusion, in words."""

    who: str
    role: str
    at: datetime
    what: str
    note: str


STEP_LABELS: Final = {
    PROPOSE: N_("Запропоновано виключити"),
    Move.CONFIRM: N_("Виключено"),
    Move.DECLINE: N_("Не погоджено"),
    Move.PROPOSE_RETURN: N_("Запропоновано повернути"),
    Move.RETURN: N_("Повернено"),
    Move.KEEP: N_("Залишено виключеними"),
}


def story_of(page: ExclusionPage) -> Sequence[Told]:
    return [
        Told(
            who=step.by.display_name if step.by else "",
            role=_(LABELS[Role(step.actor)]),
            at=step.at,
            what=_(STEP_LABELS[step.step]),
            note="" if step.step == PROPOSE else step.note,  # the reason stands above, with the ground
        )
        for step in page.steps
    ]


def facts_of_exclusion(page: ExclusionPage) -> Sequence[Answer]:
    exclusion = page.exclusion
    ends = f"{to_the_second(exclusion.first_at)} — {to_the_second(exclusion.last_at)}"
    return [
        Answer(question=_("Вибрано підписів"), answer=number(exclusion.count)),
        Answer(question=_("Перший і останній"), answer=ends),
        *(Answer(question=name, answer=value) for name, value in said_conditions(page)),
        Answer(question=_("Підстава"), answer=f"{_(page.ground.label)}\n{_(page.ground.clause)}"),
        Answer(question=_("Що виявлено"), answer=exclusion.reason),
        Answer(question=_("Контрольна сума вибраних підписів (SHA-256)"), answer=exclusion.digest),
    ]


def said_conditions(page: ExclusionPage) -> Sequence[tuple[str, str]]:
    """Every condition that was asked, as a question and its answer."""
    conditions = page.conditions
    said = (
        (_("Не раніше"), to_the_second(conditions.since) if conditions.since else ""),
        (_("Не пізніше"), to_the_second(conditions.until) if conditions.until else ""),
        (_("Звідки"), _(channel_label(conditions.channel)) if conditions.channel else ""),
        (_("Спосіб входу"), _(way_label(conditions.assurance)) if conditions.assurance else ""),
        (_("Підписний лист"), f"№ {page.sheet_number}" if page.sheet_number else ""),
        (_("Населений пункт"), page.settlement),
        (_("Частина імені"), conditions.name),
        (_("Найменше повторів імені"), str(conditions.repeats or "")),
    )
    return [(name, value) for name, value in said if value]
