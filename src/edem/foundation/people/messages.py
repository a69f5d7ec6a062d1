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
    "people.may_not_connect": _("Під’єднувати сторонній вхід може лише оператор платформи."),
    "people.unsafe_issuer": _("Адреса провайдера має починатися з https://."),
    "people.provider_taken": _("Код «{taken}» уже зайнятий. Виберіть інший."),
    "people.no_such_provider": _("Такого входу немає: його закрили або адреса неправильна. Увійдіть паролем."),
    "people.no_such_account": _("Цей обліковий запис уже відв’язано."),
    "people.no_such_invitation": _("Запрошення вже використано або його строк минув. Попросіть нове в адміністратора."),
    "people.foreign_provider": _("Цей вхід належить іншій громаді."),
    "people.serves_elsewhere": _(
        "Цей працівник має роль не лише у вашій громаді. Його обліковим записом опікується оператор платформи."
    ),
    "people.outside_taken": _(
        "Цей обліковий запис уже до когось прив’язано, або до вашого вже прив’язано інший. Спершу відв’яжіть його."
    ),
    "people.outside_stale": _("Вхід тривав задовго або його вже використано. Почніть ще раз."),
    "people.outside_unlinked": _(
        "Обліковий запис у «{name}» ще не прив’язано до вашого тут. Увійдіть паролем і прив’яжіть його."
    ),
    "people.outside_cancelled": _("Ви скасували вхід. Спробуйте ще раз або увійдіть паролем."),
    "people.outside_unreachable": _("«{name}» зараз не відповідає. Спробуйте за хвилину або увійдіть паролем."),
    "people.outside_untrue": _(
        "Відповідь «{name}» не пройшла перевірки, тому ми вас не впустили. Повідомте адміністратора."
    ),
    "people.account_closed": _("Ваш обліковий запис закрито. Зверніться до адміністратора громади."),
    "people.not_on_call": _("Відкрити аварійний доступ може лише черговий, якому дали це право."),
    "people.emergency_role": _("Цієї ролі в аварійному доступі не беруть."),
    "people.emergency_not_needed": _("Ця роль у вас уже є."),
    "people.emergency_reason": _("Опишіть підставу докладніше, щонайменше {least} знаків: її читатиме перевірка."),
    "people.emergency_too_long": _("Аварійний доступ відкривають не більше ніж на чотири години."),
    "people.emergency_open_already": _("Ваш аварійний доступ уже відкрито."),
    "people.no_such_emergency": _("Цей аварійний доступ уже закрито."),
    "people.may_not_close_emergency": _("Закрити може той, хто відкрив, адміністратор громади або орган контролю."),
    "people.emergency_not_to_review": _("Цей доступ ще відкрито або вже перевірено."),
    "people.may_not_review": _("Перевіряє інший: уповноважений спеціаліст, орган контролю або аудитор."),
    "people.weak_password": _("Пароль заслабкий. {reasons}"),
}

ACTS = {
    "people.role_granted": _("надано роль"),
    "people.role_ended": _("припинено роль"),
    "people.staff_created": _("створено обліковий запис працівника"),
    "people.staff_closed": _("закрито обліковий запис працівника"),
    "people.emergency_opened": _("відкрито аварійний доступ"),
    "people.emergency_closed": _("закрито аварійний доступ"),
    "people.emergency_reviewed": _("перевірено аварійний доступ"),
    "people.provider_connected": _("під’єднано сторонній вхід працівників"),
    "people.provider_closed": _("закрито сторонній вхід працівників"),
    "people.outside_invited": _("запрошено прив’язати сторонній обліковий запис"),
    "people.outside_linked": _("прив’язано сторонній обліковий запис"),
    "people.outside_ended": _("відв’язано сторонній обліковий запис"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "people.rolegrant": _("Призначення працівника"),
    "people.emergencyaccess": _("Аварійний доступ"),
    "people.outsideprovider": _("Сторонній вхід"),
    "people.outsideaccount": _("Сторонній обліковий запис"),
    "people.outsideinvitation": _("Запрошення"),
}
"""What it was done to."""
