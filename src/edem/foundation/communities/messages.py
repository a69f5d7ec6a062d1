"""What is said when something about a community cannot be done."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "communities.twice": _("громада {katottg} уже є в цьому переліку вище."),
    "communities.code": _("«{katottg}» не схоже на код КАТОТТГ (UA і 17 цифр)."),
    "communities.name_form": _("«{name}» не схоже на назву громади, як-от «Андріївська»."),
    "communities.kind": _("невідомий вид громади «{kind}»: буває міська, селищна, сільська."),
    "communities.population": _("«{population}» не схоже на кількість жителів."),
    "communities.nothing": _("У файлі немає жодної придатної громади; хибних рядків: {faults}."),
    "communities.none": _("Такої громади немає."),
    "communities.is_open": _("Цю громаду вже відкрито."),
    "communities.slug_reserved": _("Адресу «{slug}» зайнято самою платформою. Виберіть іншу."),
    "communities.slug_form": _("В адресі можна вживати малі латинські літери, цифри й дефіс між ними."),
    "communities.slug_taken": _("Адреса «{slug}» уже належить іншій громаді."),
    "communities.host_taken": _("Домен «{host}» уже належить іншій громаді."),
    "communities.host_form": _("«{host}» не схоже на доменне ім’я, як-от edem.misto.gov.ua."),
    "communities.accent_form": _("Колір записують як # і шість знаків: #2346c7."),
    "communities.arms_unreadable": _("Не вдалося прочитати зображення. Потрібен файл PNG, JPEG або WebP."),
    "communities.arms_too_large": _(
        "Зображення завелике: найбільше {megabytes} МБ і {pixels} пікселів завширшки чи заввишки."
    ),
    "communities.no_such_unit": _("У КАТОТТГ немає громади з кодом {katottg}."),
    "communities.unknown_service": _("Служби «{service}» немає в цій установці."),
    "communities.unknown_language": _("Мови «{language}» платформа не має."),
    "communities.no_charter": _(
        "Спершу введіть рішення ради про послугу «{service}»: без нього її не можна ввімкнути."
    ),
    "communities.district_taken": _("Район «{name}» уже є."),
    "communities.settlement_foreign": _("Населений пункт {katottg} не належить до цієї громади."),
    "communities.settlement_twice": _("Населений пункт {katottg} уже віднесено до району «{district}»."),
    "communities.organisation_taken": _("Організація «{name}» уже є."),
    "communities.organisation_none": _("Такої організації немає."),
    "communities.district_none": _("Такого району немає."),
    "charter.none_in_force": _("Рада ще не ухвалила правил для цієї послуги."),
    "charter.unknown_service": _("Такої послуги немає."),
    "charter.in_the_past": _("Нові правила не можуть діяти заднім числом. Виберіть сьогодні або пізніший день."),
    "charter.before_scheduled": _(
        "З {since:%d.%m.%Y} вже мають діяти пізніше ухвалені правила. Виберіть цей день або пізніший."
    ),
    "charter.act_after_start": _("Рішення ухвалено {act_date:%d.%m.%Y}, тож правила не можуть діяти раніше."),
    "charter.act_in_future": _("Дата рішення ще не настала."),
    "charter.unknown_clause": _("Пункт указано для поля «{name}», якого в правилах немає."),
    "charter.nothing_changed": _("Нічого не змінено: ці правила вже діють."),
}

ACTS = {
    "communities.opened": _("відкрито громаду"),
    "communities.facts_changed": _("змінено відомості про громаду"),
    "communities.accent_changed": _("змінено колір громади"),
    "communities.arms_changed": _("змінено герб"),
    "communities.arms_removed": _("прибрано герб"),
    "communities.border_changed": _("змінено межу громади"),
    "communities.border_removed": _("прибрано межу громади"),
    "communities.charter_adopted": _("прийнято нові правила"),
    "communities.services_switched": _("змінено перелік послуг"),
    "communities.languages_switched": _("змінено мови сайту"),
    "communities.district_added": _("додано район"),
    "communities.district_changed": _("змінено район"),
    "communities.district_removed": _("прибрано район"),
    "communities.organisation_added": _("додано організацію"),
    "communities.organisation_changed": _("змінено організацію"),
    "communities.organisation_closed": _("закрито організацію"),
    "communities.organisation_reopened": _("відновлено організацію"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "communities.community": _("Громада"),
    "communities.district": _("Район"),
    "communities.organisation": _("Організація"),
    "communities.charterversion": _("Редакція правил"),
}
"""What it was done to."""
