"""What the operator's portal refuses, in words."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "operator.no_such_community": _("Такої громади на платформі немає."),
    "operator.no_such_service": _("Такої послуги з правилами немає."),
    "operator.no_such_worker": _("Працівника з логіном «{login}» немає. Спершу створіть йому обліковий запис."),
    "operator.own_role": _("Власну роль адміністратора забрати не можна: громада лишиться без нього."),
    "operator.foreign_grant": _("Цю роль надано не у вашій громаді."),
}
