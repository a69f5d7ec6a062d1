"""Refusal code → what the resident or the clerk reads. Each says what to do next where there is something to do."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "petition.missing": _("Такої петиції немає. Перевірте адресу або знайдіть петицію у списку."),
    "petition.not_collecting": _("Ця петиція зараз не збирає підписів."),
    "petition.closed": _("Збір підписів завершено {closed_at:%d.%m.%Y}."),
    "petition.already_signed": _("Ви вже підписали цю петицію."),
    "petition.not_a_member": _(
        "Підписують лише мешканці громади. Якщо ви тут живете, підтвердьте місце проживання в ЦНАП."
    ),
    "petition.assurance_too_low": _("Для підпису ввійдіть через BankID або електронний підпис."),
    "petition.age_unknown": _("Підписувати можна з {age} років. Підтвердьте вік у ЦНАП."),
    "petition.too_young": _("Підписувати можна з {age} років."),
    "petition.sign_in_first": _("Увійдіть і погодьтеся, що ваше ім’я буде в публічному списку."),
    "petition.sign_in_anew": _("Вийдіть і ввійдіть ще раз, щоб підписати цю петицію."),
    "petition.title_length": _("Назва має містити від {least} до {most} знаків."),
    "petition.essence_length": _("Опишіть суть: від {least} до {most} знаків."),
    "petition.demand_length": _("Напишіть, про що просите раду: до {most} знаків."),
    "petition.too_many_open": _(
        "Відкритих петицій у вас уже {most}: більше не можна. Нову подасте, коли одна завершиться."
    ),
    "petition.pause": _("Нову петицію можна подати з {until:%d.%m.%Y}."),
    "petition.published_already": _("Петицію вже оприлюднено, тому відкликати її не можна."),
    "petition.has_signatures": _("Петицію вже підписали, тому відкликати її не можна."),
    "petition.unknown_category": _("Оберіть тему зі списку."),
    "petition.unknown_ground": _("Оберіть підставу зі списку."),
    "petition.unknown_decision": _("Оберіть рішення зі списку."),
    "petition.not_to_be_carried_out": _("Виконують лише підтримані петиції."),
    "petition.not_yours": _("Це петиція іншої людини."),
    "petition.due_in_past": _("Строк виконання має бути в майбутньому."),
    "petition.step_not_now": _("Цей крок зараз неможливий: петиція вже в іншому стані. Оновіть сторінку."),
    "petition.row_without_title": _("немає назви петиції"),
    "petition.row_without_uid": _("немає ідентифікатора петиції"),
    "petition.row_bad_date": _("незрозуміла дата: {found}"),
    "petition.row_bad_count": _("незрозуміла кількість підписів: {found}"),
    "petition.row_bad_status": _("незрозумілий статус: {found}"),
    "petition.import_unreadable": _("Файл не вдалося прочитати: {why}."),
}

ACTS = {
    "petition.published": _("оприлюднено петицію"),
    "petition.returned": _("повернуто петицію на доопрацювання"),
    "petition.rejected": _("відхилено петицію"),
    "petition.handed_over": _("передано петицію голові"),
    "petition.consideration_announced": _("оголошено розгляд петиції"),
    "petition.answered": _("дано відповідь на петицію"),
    "petition.fulfilment_started": _("розпочато виконання петиції"),
    "petition.fulfilment_finished": _("завершено виконання петиції"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "petitions.petition": _("Петиція"),
}
"""What it was done to."""
