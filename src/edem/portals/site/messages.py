"""What the site refuses, in words."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "site.no_such_language": _("Сайт не перекладено цією мовою. Виберіть українську або англійську."),
    "site.no_arms": _("Громада не має герба на цій сторінці."),
    "site.no_such_oblast": _("Такої області немає. Виберіть її зі списку."),
    "site.no_such_dataset": _("Такого набору даних немає. Виберіть зі списку."),
}
