"""Refusal code → what the resident or the worker reads. Each says what to do next where there is something to do."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from edem.kernel.deadlines import last_day_before
from edem.services.reports.rules.importing.messages import SENTENCES as IMPORTING
from edem.services.reports.rules.open311.messages import SENTENCES as OPEN311
from edem.services.reports.rules.resident_sentences import SENTENCES as RESIDENT

MESSAGES = {
    **{code: _(words) for code, words in {**OPEN311, **IMPORTING, **RESIDENT}.items()},
    "report.unknown_radius": _("Виберіть відстань зі списку."),
    "report.no_street": _("Напишіть назву вулиці словами, наприклад «вул. Садова»."),
    "report.missing": _("Такого повідомлення немає. Перевірте адресу або знайдіть його у списку."),
    "report.title_length": _("Назва має містити від {least} до {most} знаків."),
    "report.text_length": _("Опис задовгий: можна до {most} знаків."),
    "report.address_length": _("Адреса задовга: можна до {most} знаків."),
    "report.categories_count": _("Виберіть від однієї до {most} категорій."),
    "report.no_such_category": _("Такої категорії немає. Поверніться до списку."),
    "report.category_title_length": _("Назва має містити від 2 до {most} знаків."),
    "report.category_words_length": _("Слів забагато: можна до {most} знаків."),
    "report.category_scale": _("Відстань — від 1 до {most} метрів."),
    "report.category_window": _("Час — від 1 до {most} годин."),
    "report.category_too_deep": _("У дереві {levels} рівні: глибше не можна."),
    "report.too_many_questions": _("Запитань уже {most}: більше не питайте, людина хоче лише повідомити."),
    "report.no_such_question": _("Такого запитання вже немає."),
    "report.question_length": _("Запитання має містити від 3 до {most} знаків."),
    "report.question_kind": _("Виберіть, що відповідають."),
    "report.question_options": _("Дайте від {least} до {most} різних варіантів."),
    "report.question_option_length": _("Варіант задовгий: можна до {most} знаків."),
    "report.unknown_category": _("Такої категорії вже немає. Виберіть іншу зі списку."),
    "report.too_many_photos": _("Можна додати не більше фото, ніж {most}."),
    "report.nothing_said": _("Напишіть кількома словами, що сталося."),
    "report.parcel_unreadable": _("Повідомлення пошкодилося дорогою. Оновіть сторінку й надішліть ще раз."),
    "report.parcel_with_video": _("Відео надсилається окремо. Спробуйте ще раз."),
    "report.photo_not_ready": _("Фото ще готується. Спробуйте за хвилину."),
    "report.answer_needed": _("Дайте відповідь: {question}"),
    "report.answer_wrong": _("Перевірте відповідь: {question}"),
    "report.place_nowhere": _("Телефон не знає, де він. Поставте позначку на мапі або впишіть адресу."),
    "report.place_swapped": _("Схоже, широту й довготу переплутано. Поставте позначку на мапі ще раз."),
    "report.place_outside": _(
        "Це місце за межами громади. Пересуньте позначку або, якщо вона стоїть правильно, "
        "напишіть громаді, якій належить це місце."
    ),
    "report.place_abroad": _("Позначка не в Україні. Поставте її там, де проблема."),
    "report.members_only": _("У цій громаді повідомляють лише її мешканці. Підтвердьте місце проживання в ЦНАП."),
    "report.assurance_too_low": _("Щоб надіслати повідомлення, увійдіть іншим способом: цього громада не приймає."),
    "report.no_anonymous": _("У цій громаді ім’я автора видно всім."),
    "report.uuid_of_another": _("Це повідомлення вже надіслав хтось інший. Почніть нове."),
    "report.taken_over_already": _("Це повідомлення вже є: його перенесено раніше."),
    "report.appeal_name": _("Впишіть прізвище, ім’я та по батькові: без них звернення не розглядають (ст. 8 Закону)."),
    "report.appeal_residence": _("Впишіть місце проживання: від {least} до {most} знаків (ст. 5 Закону)."),
    "report.appeal_contact": _("Впишіть, куди відповісти: від {least} до {most} знаків."),
    "report.appeal_essence": _("Напишіть, що сталося: від {least} до {most} знаків."),
    "report.appeal_demand": _("Напишіть, про що просите: від {least} до {most} знаків."),
    "report.moderators_part": _("Роз’єднує повідомлення лише модератор."),
    "report.not_merged": _("Це повідомлення ні з чим не об’єднано."),
    "report.follows_another": _("Над цим працюють у повідомленні № {number}: зробіть це там або роз’єднайте їх."),
    "report.not_yours": _("Це повідомлення іншої людини."),
    "report.not_closed": _("Повідомлення ще не закрито, підтверджувати нічого."),
    "report.not_held_by_you": _("Вашої організації немає серед тих, у кого це повідомлення."),
    "report.not_at_work": _("Над цим повідомленням зараз не працюють. Оновіть сторінку."),
    "report.no_such_organisation": _("Такої організації немає. Виберіть зі списку."),
    "report.passed_to_itself": _("Виберіть іншу організацію: своїй передати не можна."),
    "report.returned_before": _(
        "«{organisation}» уже повертала це повідомлення. Поверніть його без адресата: вирішить орган контролю."
    ),
    "report.held_already": _("Це повідомлення вже в цієї організації."),
    "report.not_yours_to_redirect": _("Передати повідомлення іншій організації може орган контролю або модератор."),
    "report.reason_length": _("Поясніть: від {least} до {most} знаків."),
    "report.accepted_already": _("Ваша організація вже прийняла це повідомлення."),
    "report.not_self_organised": _("Модератор приймає лише те, що мешканці роблять самі. Позначте це."),
    "report.not_resent_yet": _(
        "Спершу модератор надсилає організації повторне повідомлення. Після нього можна прийняти за неї."
    ),
    "report.no_answer_yet": _("Організація ще не відповіла. Закрити за неї можна на підставі її відповіді."),
    "report.main_closes": _("Закриває головна організація. Напишіть на картці, що зробили ви."),
    "report.result_length": _("Напишіть, що зроблено або чому ні: від {least} до {most} знаків."),
    "report.addressee_needed": _("Напишіть, чия це компетенція."),
    "report.addressee_length": _("Назва того, чия це компетенція, задовга: можна до {most} знаків."),
    "report.photo_needed": _("Додайте фото того, що зроблено: для цієї категорії воно обов’язкове."),
    "report.too_late_to_reopen": _("Повернути в роботу можна було до {until:%d.%m.%Y}. Надішліть нове повідомлення."),
    "report.unknown_ground": _("Виберіть підставу зі списку."),
    "report.moderators_edit": _("Виправляє текст лише модератор."),
    "report.not_yours_to_recategorise": _("Категорію змінює модератор або орган контролю."),
    "report.taken_out": _("Це повідомлення вилучено."),
    "report.nothing_changed": _("Ви нічого не змінили."),
    "report.moderators_resend": _("Повторне повідомлення надсилає модератор."),
    "report.not_overdue": _("Строк ще не минув. Повторне повідомлення надсилають, коли його порушено."),
    "report.step_not_now": _("Цей крок зараз неможливий: повідомлення вже в іншому стані. Оновіть сторінку."),
    "report.not_your_case": _("Цю справу веде інша організація. На картці видно все, що видно всім."),
    "report.nobody_holds": _("Повідомлення ні в кого. Спершу передайте його організації."),
    "report.period_missing": _("Такого звіту немає. Виберіть його у списку звітів."),
    "report.period_to_come": _("Ці дні ще не настали. Виберіть дні, що вже почалися."),
    "report.period_too_long": _("Виберіть щонайбільше три роки."),
    "report.period_unreadable": _("Вкажіть перший і останній день, наприклад 2026-11-16."),
    "report.say_something": _("Напишіть хоча б кілька слів."),
    "report.too_long": _("Задовго: можна до {most} знаків."),
    "report.unknown_kind": _("Виберіть, що це: відповідь, запитання чи пояснення."),
    "report.not_in_public": _("Цього повідомлення немає на сайті, тому відповідати на нього не можна."),
    "report.not_an_executor": _("Виберіть виконавця своєї організації."),
    "report.template_missing": _("Такого шаблону немає. Оновіть сторінку."),
    "report.template_known": _("Шаблон із такою назвою вже є."),
    "report.too_many_templates": _("Шаблонів може бути не більше, ніж {most}. Приберіть зайві."),
    "report.link_days": _("Посилання може діяти від {least} до {most} днів."),
    "report.link_missing": _("Це посилання вже не діє. Попросіть організацію надіслати нове."),
    "report.no_organisation": _("Вас ще не додано до жодної організації. Зверніться до адміністратора громади."),
    "report.nothing_to_send": _("Додайте фото або напишіть, що зроблено."),
    "report.no_such_step": _("Цей крок зараз неможливий. Оновіть сторінку."),
    "report.matrix_rule_missing": _("Такого правила немає. Оновіть сторінку."),
    "report.matrix_not_yours": _("Правила змінює адміністратор громади або орган контролю."),
    "report.matrix_outdated": _("Правила тим часом змінилися. Перевірте зміну ще раз."),
    "report.matrix_substitute": _("Замість організації має бути інша організація."),
}

ACTS = {
    "report.photo_blurred": _("розмито частину фото"),
    "report.merged": _("об’єднано повідомлення"),
    "report.parted": _("роз’єднано повідомлення"),
    "report.self_help_agreed": _("погоджено самостійне вирішення"),
    "report.self_help_declined": _("не погоджено самостійне вирішення"),
    "report.self_help_stopped": _("зупинено самостійне вирішення"),
    "report.self_help_returned": _("повернуто мешканцям на доробку"),
    "report.category_added": _("додано категорію проблем"),
    "report.category_changed": _("змінено категорію проблем"),
    "report.question_added": _("додано запитання в категорії"),
    "report.question_removed": _("прибрано запитання в категорії"),
    "report.published": _("оприлюднено повідомлення"),
    "report.rejected": _("вилучено повідомлення"),
    "report.edited": _("виправлено текст повідомлення"),
    "report.recategorised": _("змінено категорію повідомлення"),
    "report.resent": _("надіслано повідомлення повторно"),
    "report.accepted": _("прийнято повідомлення в роботу"),
    "report.refused": _("повернуто повідомлення як не своє"),
    "report.redirected": _("передано повідомлення іншій організації"),
    "report.closed": _("закрито повідомлення"),
    "report.reopened": _("відкрито повідомлення повторно"),
    "report.answered": _("надано відповідь на повідомлення"),
    "report.head_informed": _("поінформовано керівника про повідомлення"),
    "report.executor_appointed": _("призначено виконавця"),
    "report.work_reported": _("повідомлено про виконану роботу"),
    "report.photos_added": _("додано фото виконаної роботи"),
    "report.link_made": _("створено посилання для підрядника"),
    "report.link_revoked": _("скасовано посилання для підрядника"),
    "report.template_saved": _("збережено шаблон відповіді"),
    "report.template_removed": _("прибрано шаблон відповіді"),
    "report.receiver_settled": _("налаштовано сервер Open311 організації"),
    "report.sent_again": _("ще раз надіслано повідомлення на сервер організації"),
    "report.imported": _("перенесено повідомлення з файлу"),
    "report.matrix_changed": _("змінено правила, хто за що відповідає"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "reports.report": _("Повідомлення про проблему"),
    "reports.category": _("Категорія проблем"),
    "reports.answertemplate": _("Шаблон відповіді"),
    "reports.receiver": _("Сервер Open311 організації"),
    "reports.forwarding": _("Надсилання на сервер організації"),
    "reports.reportimport": _("Перенесення повідомлень"),
    "reports.matrixrule": _("Правило, хто за що відповідає"),
}
"""What it was done to."""

_WARNINGS = {
    "accept": _("Орган контролю попереджає: строк прийняти повідомлення в роботу минув {last_day:%d.%m.%Y}."),
    "explain": _(
        "Орган контролю попереджає: строк вирішити проблему або пояснити авторові причину минув {last_day:%d.%m.%Y}."
    ),
}


def warning_words(clock: str, due_at: datetime) -> str:
    """The control body's warning, in the language of the record."""
    with override("uk"):
        return str(_WARNINGS[clock]).format(last_day=last_day_before(due_at))


_RECORD = {
    "recategorised": _("Було: {before}. Стало: {after}. {reason}"),
    "gathered": _("Разом розглядаються {numbers}"),
    "follows": _("Разом з повідомленням № {number}"),
    "parted": _("Більше не разом з повідомленням № {number}: {reason}"),
    "parted_of": _("Повідомлення № {number} розглядається окремо: {reason}"),
    "self_help": _("Мешканці вирішують самі. Очолює {leader}."),
    "self_help_stopped": _("Мешканці більше не вирішують це самі: {reason}"),
    "lead_taken_out": _("те повідомлення вилучено."),
}


def record_words(what: str, **facts: object) -> str:
    """What stands in the public history, in the language of the record."""
    with override("uk"):
        return str(_RECORD[what]).format(**facts)


def state_there(word: str) -> str:
    """On the card: what their system calls it."""
    with override("uk"):
        return str(_("Стан у системі організації: {word}.")).format(word=" ".join(word.split())[:60])


def words_of_pictures() -> str:
    """What stands on the card for a letter that brought files and not a word."""
    with override("uk"):
        return str(_("Надіслано файли без тексту."))
