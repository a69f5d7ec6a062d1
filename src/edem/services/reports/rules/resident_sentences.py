"""What a resident reads when something about their own report, voice or photo is refused. Pure."""

from edem.kernel.ukrainian import N_

SENTENCES = {
    "report.no_such_draft": N_("Такої чернетки вже немає. Почніть нове повідомлення."),
    "report.sent_already": N_("Це повідомлення вже надіслано. Знайдіть його у своєму кабінеті."),
    "report.no_photos": N_("Громада не приймає фото до повідомлень."),
    "report.too_many_videos": N_("До повідомлення можна додати одне відео. Решту покажіть на фото."),
    "report.no_such_photo": N_("Такого фото вже немає. Оновіть сторінку."),
    "report.videos_are_not_blurred": N_("Розмити можна лише фото. Відео з обличчям приберіть або зніміть інше."),
    "report.moderators_blur": N_("Розмити фото може його автор або модератор."),
    "report.voices_closed": N_("Над цією проблемою вже не працюють. Якщо вона лишилася, надішліть нове повідомлення."),
    "report.your_own": N_("Це ваше повідомлення: ви в ньому перші."),
    "report.members_join": N_("У цій громаді приєднуються лише її мешканці. Підтвердьте місце проживання в ЦНАП."),
    "report.joined_already": N_("Ви вже приєдналися до цього повідомлення."),
    "report.moderators_merge": N_("Об’єднує повідомлення модератор."),
    "report.nothing_to_merge": N_("Вкажіть щонайменше одне інше повідомлення."),
    "report.merged_at_work_only": N_("Об’єднати можна лише повідомлення, над якими ще працюють."),
    "report.self_help_known": N_("За це вже взялися мешканці. Приєднайтеся до них."),
    "report.self_help_missing": N_("Тут іще ніхто не взявся вирішити проблему самостійно."),
    "report.self_help_not_now": N_("Узятися можна за проблему, яку ще не вирішено."),
    "report.self_help_plan": N_("Напишіть, що і як зробите: від {least} до {most} знаків."),
    "report.self_help_past": N_("Зустріч має бути в майбутньому."),
    "report.self_help_leads": N_("Звітує той, хто очолив справу."),
    "report.self_help_decided": N_("Модератор уже вирішив. Оновіть сторінку."),
    "report.self_help_not_agreed": N_("Модератор ще не погодив. Дочекайтеся рішення."),
    "report.self_help_done": N_("Про цю роботу вже прозвітовано."),
    "report.self_help_stops": N_("Зупиняє справу той, хто її очолив, або модератор."),
    "report.self_help_over": N_("Ця справа мешканців уже завершена. Оновіть сторінку."),
    "report.self_help_of_moderator": N_("Погоджує самостійне вирішення модератор."),
    "report.answer_link_unknown": N_("Це посилання не працює. Відкрийте повідомлення і дайте відповідь там."),
}
