"""Forms of the platform's operator: opening a community, changing the working calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.places.calendar_changes import (
    Change,
    holiday_until,
    martial_law_from,
    martial_law_until,
    with_holiday,
    with_transfer,
)
from edem.kernel.deadlines import Holiday, MovedDay
from edem.portals.operator.forms import FactsForm
from edem.ui.fields import DateField
from edem.ui.forms import Form

FIRST_YEAR, LAST_YEAR = 1991, 2200
MONTHS = [
    *(("1", _("січня")), ("2", _("лютого")), ("3", _("березня")), ("4", _("квітня")), ("5", _("травня"))),
    *(("6", _("червня")), ("7", _("липня")), ("8", _("серпня")), ("9", _("вересня")), ("10", _("жовтня"))),
    *(("11", _("листопада")), ("12", _("грудня"))),
]


class OpeningForm(FactsForm):
    slug = forms.CharField(
        label=_("Адреса на платформі"), max_length=60, help_text=_("Малі латинські літери, цифри й дефіс: zhytomyr.")
    )
    host = forms.CharField(
        label=_("Власний домен"),
        max_length=253,
        required=False,
        help_text=_("Якщо він є: edem.misto.gov.ua."),
    )


class CalendarForm(Form):
    """Every change of the calendar follows from an act; `change()` is what the action does under its lock."""

    reason = forms.CharField(
        label=_("Підстава"), max_length=300, help_text=_("Назва, номер і дата акта, з якого це випливає.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def change(self) -> Change:
        raise NotImplementedError


class TransferForm(CalendarForm):
    off = DateField(label=_("Коли відпочивають"))
    worked = DateField(label=_("Коли працюють замість цього"))

    def change(self) -> Change:
        typed = self.cleaned_data
        return with_transfer(MovedDay(off=typed["off"], worked=typed["worked"], act=typed["reason"]))


class HolidayForm(CalendarForm):
    title = forms.CharField(label=_("Назва свята"), max_length=200)
    day = forms.IntegerField(label=_("День"), min_value=1, max_value=31, required=False)
    month = forms.ChoiceField(label=_("Місяць"), choices=[("", _("Виберіть місяць")), *MONTHS], required=False)
    after_easter = forms.IntegerField(
        label=_("Через скільки днів після Великодня"),
        min_value=-100,
        max_value=200,
        required=False,
        help_text=_("Для рухомих свят замість дня й місяця. Трійця — 49."),
    )
    since = forms.IntegerField(label=_("З якого року"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    holiday: Holiday

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        month = int(typed["month"]) if typed["month"] else None
        rule = {"month": month, "day": typed["day"], "after_easter": typed["after_easter"]}
        try:
            self.holiday = Holiday(title=typed["title"], since=typed["since"], **rule)
        except ValueError:
            self.add_error("day", _("Вкажіть або день і місяць, або відстань від Великодня."))
        return typed

    def change(self) -> Change:
        return with_holiday(self.holiday)


class HolidayEndForm(CalendarForm):
    year = forms.IntegerField(label=_("Останній рік цього свята"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, place: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place

    def change(self) -> Change:
        return holiday_until(self.place, self.cleaned_data["year"])


class MartialLawEndForm(CalendarForm):
    until = DateField(
        label=_("Останній день воєнного стану"),
        required=False,
        help_text=_("Порожньо — діє до нового акта."),
    )

    def change(self) -> Change:
        return martial_law_until(self.cleaned_data["until"])


class MartialLawStartForm(CalendarForm):
    since = DateField(label=_("Перший день воєнного стану"))

    def change(self) -> Change:
        return martial_law_from(self.cleaned_data["since"])
