"""When things happen: staff act on working days in office hours, people at any hour."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from edem.kernel.deadlines import KYIV, kyiv_day
from edem.kernel.workdays import WorkingCalendar

ONE_DAY: Final = timedelta(days=1)
OPENS: Final = time(8, 30)
_OFFICE_MINUTES: Final = 8 * 60


class Office:
    """Draws moments for one community's staff. `now` bounds everything: nothing has happened later."""

    def __init__(self, rng: Random, *, now: datetime, calendar: WorkingCalendar) -> None:
        self.rng, self.now, self.calendar = rng, now, calendar
        self.today = kyiv_day(now)
        opened = datetime.combine(self.today, OPENS, tzinfo=KYIV)
        at_work = calendar.is_working(self.today) and now > opened + timedelta(minutes=20)
        self.last_day = self.today if at_work else self.working_before(self.today, 1)
        """The last day on which staff have already done something."""

    def working_before(self, day: date, n: int) -> date:
        """The n-th working day before `day`, which is not counted itself."""
        for _ in range(n):
            day = self.working_on_or_before(day - ONE_DAY)
        return day

    def working_on_or_before(self, day: date) -> date:
        while not self.calendar.is_working(day):
            day -= ONE_DAY
        return day

    def days_ago(self, days: int) -> date:
        return self.working_on_or_before(min(self.today - days * ONE_DAY, self.last_day))

    def working_days_ago(self, n: int) -> date:
        return self.working_before(self.today, n) if n else self.last_day

    def moment(self, day: date, *, after: datetime | None = None) -> datetime:
        """Some minute of an office day, before now and after what came before it."""
        begins = datetime.combine(day, OPENS, tzinfo=KYIV)
        ends = min(begins + timedelta(minutes=_OFFICE_MINUTES), self.now)
        if after is not None:
            begins = max(begins, after + timedelta(minutes=7))
        return self.between(begins, max(ends, begins + timedelta(minutes=1)))

    def between(self, begins: datetime, ends: datetime) -> datetime:
        return begins + timedelta(seconds=self.rng.randrange(max(1, int((ends - begins).total_seconds()))))
