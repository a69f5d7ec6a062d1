"""Refusal code → what the person reads."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "files.empty": _("Файл порожній. Виберіть інший."),
    "files.kind_not_taken": _("Такий файл не підійде. Можна надіслати: {kinds}."),
    "files.too_big": _("Файл завеликий. Можна надіслати до {megabytes} МБ."),
    "files.broken_picture": _("Не вдалося відкрити зображення. Збережіть його ще раз або виберіть інше."),
    "files.broken_video": _("Не вдалося прочитати відео. Надішліть файл MP4, WebM або MOV цілим."),
    "files.picture_too_large": _("Зображення завелике. Зменште його до {megapixels} мегапікселів."),
    "files.no_room": _("Зараз не вдається зберегти файл. Спробуйте за кілька хвилин: усе інше лишилося у формі."),
    "files.nothing_to_blur": _("Позначте на фото прямокутник, який треба розмити."),
    "files.no_such_file": _("Такого файлу немає."),
}
