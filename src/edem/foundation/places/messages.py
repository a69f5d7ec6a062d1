"""What is said when a table of places, or a change of the calendar, cannot be taken."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "table.no_file": _("Немає такого файлу: {path}."),
    "table.too_large": _("Файл завеликий: найбільше {megabytes} МБ."),
    "table.empty": _("Файл порожній."),
    "table.spreadsheet": _("Це книга Excel або архів. Збережіть аркуш як CSV і завантажте його."),
    "table.binary": _("Це не текстова таблиця. Потрібен файл CSV у кодуванні UTF-8."),
    "table.wrong_header": _(
        "Перший рядок має містити назви стовпців «{expected}», а у файлі він починається так: «{found}»."
    ),
    "table.line_too_long": _("рядок довший за {longest} знаків."),
    "table.line_unreadable": _("є знаки, які неможливо прочитати."),
    "table.line_quotes": _("лапки відкрито, але не закрито."),
    "table.line_cells": _("має бути стовпців: {expected}, а є: {found}."),
    "codifier.code": _("«{katottg}» не схоже на код КАТОТТГ (UA і 17 цифр)."),
    "codifier.category": _("невідома категорія об’єкта «{category}»."),
    "codifier.name": _("назви немає, або вона довша за {longest} знаків."),
    "codifier.level": _("для категорії {category} кодів має бути {expected}, а є {found}."),
    "codifier.twice": _("код {katottg} уже був у рядку {first_line}."),
    "codifier.no_parent": _("немає одиниці {parent}, до якої належить ця."),
    "codifier.nothing": _("У файлі немає жодного придатного рядка; хибних рядків: {faults}."),
    "calendar.same_day": _("День відпочинку й день роботи мають бути різні."),
    "calendar.already_moved": _("Один із цих днів уже перенесено."),
    "calendar.no_such_transfer": _("Такого перенесення немає."),
    "calendar.holiday_there": _("Свято «{title}» уже є."),
    "calendar.no_such_holiday": _("Такого свята немає."),
    "calendar.martial_law_lasts": _("Воєнний стан на цей день уже введено."),
    "calendar.no_martial_law": _("Воєнного стану не введено."),
    "calendar.ends_before_it_begins": _("Воєнний стан почався {since:%d.%m.%Y}, тож раніше закінчитися не міг."),
    "calendar.no_working_days": _("У календарі не лишилося робочих днів після {day:%d.%m.%Y}."),
}

ACTS = {
    "places.calendar_changed": _("змінено календар робочих днів"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "places.calendarversion": _("Календар робочих днів"),
}
"""What it was done to."""
