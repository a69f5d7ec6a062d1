"""Sentences for what the kernel refuses: it knows no people, so it cannot say them itself."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "lifecycle.not_now": _("Цей крок зараз неможливий: стан уже змінився. Оновіть сторінку."),
    "lifecycle.not_allowed": _("Цей крок робить хтось інший."),
    "lifecycle.note_required": _("Напишіть пояснення: без нього цей крок зробити не можна."),
    "money.finer_than_kopiyka": _("Сума «{text}» дрібніша за копійку."),
    "geo.not_a_point": _("Таких координат не буває: широта від −90 до 90, довгота від −180 до 180."),
    "geo.not_a_box": _("Межі ділянки мапи вказано неправильно."),
    "geo.no_such_tile": _("Такої ділянки мапи немає."),
    "geo.not_columns": _("Дані мапи пошкоджено. Оновіть сторінку."),
    "geo.not_an_area": _("Це не GeoJSON із ділянкою: потрібен Polygon або MultiPolygon."),
    "geo.area_empty": _("Ділянка порожня: потрібно щонайменше три різні точки."),
    "geo.area_crosses_itself": _("Межа ділянки перетинає сама себе біля точки {lat} {lon}. Виправте її."),
    "geo.area_too_large": _("Ділянка завелика або в ній забагато точок."),
    "geo.coordinates_swapped": _("Широту й довготу переплутано: у GeoJSON першою стоїть довгота."),
    "number.unreadable": _("«{text}» — це не число."),
}
