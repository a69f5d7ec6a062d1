"""The sample working calendar: the holidays of the Labour Code (article 73) and the martial law of 24 February 2022.

It seeds the platform's own calendar, which the operator edits; rules take a calendar as an argument.
"""

from datetime import date

from edem.kernel.ukrainian import N_
from edem.kernel.workdays import Holiday, MartialLaw, WorkingCalendar

HOLIDAYS = (
    Holiday(title=N_("Новий рік"), month=1, day=1),
    Holiday(title=N_("Різдво Христове"), month=1, day=7, until=2023),
    Holiday(title=N_("Міжнародний жіночий день"), month=3, day=8),
    Holiday(title=N_("Великдень"), after_easter=0),
    Holiday(title=N_("День праці"), month=5, day=1),
    Holiday(title=N_("День праці"), month=5, day=2, until=2017),
    Holiday(title=N_("День перемоги над нацизмом у Другій світовій війні"), month=5, day=9, until=2023),
    Holiday(title=N_("День пам’яті та перемоги над нацизмом у Другій світовій війні"), month=5, day=8, since=2024),
    Holiday(title=N_("Трійця"), after_easter=49),
    Holiday(title=N_("День Конституції України"), month=6, day=28),
    Holiday(title=N_("День Української Державності"), month=7, day=28, since=2022, until=2023),
    Holiday(title=N_("День Української Державності"), month=7, day=15, since=2024),
    Holiday(title=N_("День Незалежності України"), month=8, day=24),
    Holiday(title=N_("День захисників і захисниць України"), month=10, day=14, since=2015, until=2022),
    Holiday(title=N_("День захисників і захисниць України"), month=10, day=1, since=2023),
    Holiday(title=N_("Різдво Христове"), month=12, day=25, since=2017),
)

UKRAINE = WorkingCalendar(holidays=HOLIDAYS, martial_law=(MartialLaw(since=date(2022, 2, 24)),))
