"""Refusal code → what the person reads."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "people.staff_only": _("Ця сторінка — для працівників. Увійдіть службовим обліковим записом."),
    "people.role_needed": _("Для цього потрібна інша роль. Її надає адміністратор громади."),
    "people.kiosk_only": _("Ця сторінка працює лише на терміналі самообслуговування."),
    "people.no_such_person": _("Такої людини немає."),
    "people.no_such_grant": _("Цю роль уже забрано."),
    "people.may_not_grant": _("Ролі надає лише адміністратор громади або оператор платформи."),
    "people.login_taken": _("Логін «{login}» уже зайнятий. Виберіть інший."),
    "people.weak_password": _("Пароль заслабкий. {reasons}"),
}

ACTS = {
    "people.role_granted": _("надано роль"),
    "people.role_ended": _("припинено роль"),
    "people.staff_created": _("створено обліковий запис працівника"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "people.rolegrant": _("Призначення працівника"),
}
"""What it was done to."""
