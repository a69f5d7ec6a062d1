"""What the desk refuses, in words."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "desk.no_such_queue": _("Такої черги у вас немає. Поверніться на робочий стіл."),
}
