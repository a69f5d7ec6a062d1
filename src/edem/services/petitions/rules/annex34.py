"""The open data set «Електронні петиції»: KMU resolution 835, annex 34 (structures petitions and votings). Pure."""

from typing import Final

PETITION_COLUMNS: Final = (
    "uid",
    "kind",
    "title",
    "url",
    "text",
    "authorityName",
    "authorityId",
    "authorityCattutc",
    "startDate",
    "count",
    "creator",
    "status",
    "answerDate",
    "answerUrl",
    "answerText",
)

VOTING_COLUMNS: Final = ("motionUid", "voterName", "motionTitle", "date")

PETITION_TITLES: Final = {
    "uid": "Унікальний ідентифікатор",
    "kind": "Категорія петиції",
    "title": "Назва петиції",
    "url": "Посилання",
    "text": "Текст петиції",
    "authorityName": "Орган",
    "authorityId": "Код ЄДРПОУ",
    "authorityCattutc": "Код КАТОТТГ",
    "startDate": "Дата початку збору підписів",
    "count": "Загальна кількості осіб, які підписали електронну петицію",
    "creator": "Прізвище, ім'я та по батькові автора (ініціатора) електронної петиції",
    "status": "Статус петиції",
    "answerDate": "Дата відповіді",
    "answerUrl": "Посилання на відповідь",
    "answerText": "Текст відповіді на петицію",
}
"""The titles of the structure; the act names two columns «Посилання», the second is told apart here."""
