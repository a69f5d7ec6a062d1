"""What is wrong with a file of reports or with one of its lines."""

from collections.abc import Mapping
from typing import Final

from edem.kernel.ukrainian import N_

SENTENCES: Final[Mapping[str, str]] = {
    "report_import.empty": N_("У файлі немає жодного рядка з даними."),
    "report_import.too_large": N_("Файл більший за {megabytes} МБ. Поділіть його на частини."),
    "report_import.too_many_lines": N_("У файлі більше ніж {most} рядків. Поділіть його на частини."),
    "report_import.spreadsheet": N_("Це таблиця Excel. Збережіть її як CSV і надішліть ще раз."),
    "report_import.unreadable": N_("Файл не прочитано ({why}). Потрібен CSV, GeoJSON або відповідь Open311."),
    "report_import.no_heading": N_("Перший рядок має називати стовпці, а в ньому: «{found}»."),
    "report_import.too_many_columns": N_("Стовпців більше ніж {most}."),
    "report_import.line_unreadable": N_("У рядку є знаки, яких не прочитано."),
    "report_import.line_too_long": N_("Рядок довший за {longest} знаків."),
    "report_import.line_quotes": N_("Лапки в рядку не закрито."),
    "report_import.cells": N_("Стовпців має бути {expected}, а тут {found}."),
    "report_import.not_a_point": N_("Це не точка на мапі."),
    "report_import.no_such_column": N_("Стовпця «{column}» у файлі немає."),
    "report_import.half_a_place": N_("Виберіть і широту, і довготу."),
    "report_import.no_place_columns": N_("Виберіть стовпці з місцем: широту й довготу або адресу."),
    "report_import.no_category": N_("Виберіть стовпець із категорією або одну категорію для всіх."),
    "report_import.no_words": N_("Виберіть стовпець із назвою чи описом або напишіть одну назву для всіх."),
    "report_import.half_a_point": N_("Є лише одна координата з двох."),
    "report_import.bad_coordinate": N_("«{found}» — не координата в градусах."),
    "report_import.nought": N_("Точка (0, 0): місце не визначено."),
    "report_import.swapped": N_("Схоже, широту й довготу переставлено: {lat}, {lon}."),
    "report_import.outside": N_("Точка {lat}, {lon} поза громадою."),
    "report_import.nowhere": N_("Немає ні координат, ні адреси."),
    "report_import.no_date": N_("Немає дати."),
    "report_import.bad_date": N_("«{found}» — не дата."),
    "report_import.future_date": N_("Дата «{found}» ще не настала."),
    "report_import.old_date": N_("Дата «{found}» надто давня."),
    "report_import.closed_before_made": N_("Закрито раніше, ніж надіслано."),
    "report_import.bad_status": N_("Стан «{found}» невідомий: потрібен відкритий або закритий."),
    "report_import.unknown_category": N_("Категорія «{found}» невідома."),
    "report_import.no_text": N_("Немає ні назви, ні опису."),
    "report_import.text_too_long": N_("Опис довший за {longest} знаків."),
    "report_import.long_id": N_("Номер довший за {longest} знаків."),
    "report_import.twice": N_("Повторює рядок {first}."),
    "report_import.has_faults": N_("У файлі є хибні рядки. Виправте їх або погодьтеся перенести решту."),
    "report_import.no_such_source": N_("Вкажіть, звідки повідомлення: латинські літери, цифри, дефіс."),
    "report_import.gone": N_("Цього імпорту вже немає. Надішліть файл ще раз."),
    "report_import.done_already": N_("Цей файл уже перенесено."),
    "report_import.not_fetched": N_("Сервер Open311 не відповів як слід. Перевірте адресу й спробуйте ще раз."),
    "report_import.unsafe_address": N_("Адреса має починатися з https."),
}
