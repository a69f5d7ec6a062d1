"""What the API refuses, in words."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "api.no_such_key": _("Такого ключа немає."),
    "api.bad_key": _("Ключ API невідомий, закритий або прострочений. Попросіть новий в адміністратора громади."),
    "api.key_needed": _("Сюди приходять лише з ключем API: надішліть його в заголовку X-Api-Key."),
    "api.not_for_keys": _("Тут діє людина у власному браузері; ключ API її не заступає."),
    "api.scope_missing": _("Цьому ключу не дали права «{scope}». Попросіть його в адміністратора громади."),
    "api.key_not_to_rotate": _("Цей ключ уже закрито, прострочено або замінено."),
    "api.invalid": _("Перевірте параметри запиту."),
    "api.stale_page": _("Сторінка застаріла. Поверніться назад, оновіть її й надішліть ще раз."),
    "api.too_often": _("Забагато запитів. Зачекайте хвилину або візьміть ключ API."),
}

ACTS = {
    "api_key.made": _("створено ключ API"),
    "api_key.rotated": _("замінено ключ API"),
    "api_key.ended": _("закрито ключ API"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "public_api.apikey": _("Ключ до API"),
}
"""What it was done to."""
