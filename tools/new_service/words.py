"""The skeleton's own words in the catalogues, so that a new service speaks both languages from its first minute.

Runs inside the environment: `python -m tools.new_service.words`.
"""

from babel.messages.pofile import write_po

from tools.gathering import LANGUAGES, gathered, path_of, read, update

PLURAL = ("запитання чекає на відповідь", "запитань чекають на відповідь")
PLURAL_FORMS = {
    "uk": ("запитання чекає на відповідь", "запитання чекають на відповідь", "запитань чекають на відповідь"),
    "en": ("question waits for an answer", "questions wait for an answer"),
}

ENGLISH = {
    "Відповідь, з дня подання": "The answer, from the day it was sent",
    "Найбільша довжина тексту, знаків": "The longest text, in characters",
    "Чекає на відповідь": "Waits for an answer",
    "З відповіддю": "Answered",
    "Оприлюднити відповідь": "Publish the answer",
    "Регламент громади": "The community's rules",
    "Такої сторінки немає. Перевірте адресу або знайдіть її у списку.": (
        "There is no such page. Check the address or find it in the list."
    ),
    "Назва має містити від {least} до {most} знаків.": "The title must have {least} to {most} characters.",
    "Текст задовгий: дозволено до {most} знаків.": "The text is too long: up to {most} characters are allowed.",
    "дано відповідь на запитання": "a question was answered",
    "Запитання без відповіді": "Questions without an answer",
    "Нова послуга": "New service",
    "Поставити запитання": "Ask a question",
    "Запитайте громаду, і відповідь побачать усі.": "Ask the community, and everybody will see the answer.",
    "Про що запитуєте": "What you ask about",
    "Запитання": "Question",
    "Відповідь": "Answer",
    "Почніть з головного. Відповідь побачать усі.": "Begin with what matters most. Everybody will see the answer.",
    "Нове запитання": "New question",
    "Запитань ще немає": "There are no questions yet",
    "Будьте першими: напишіть, що хочете знати.": "Be the first: write what you want to know.",
    "Усі запитання": "All questions",
    "%(name)s, %(when)s": "%(name)s, %(when)s",
    "Відповідь буде до %(day)s.": "The answer is due by %(day)s.",
    "Відповісти": "Answer",
    "Надіслати": "Send",
}


def add_words(language: str) -> None:
    """Whatever somebody has translated already is left as it is."""
    update(language, gathered())
    file = path_of(language)
    catalog = read(file, language)
    for message in catalog:
        if message.id == PLURAL and not all(message.string or ()):
            message.string = PLURAL_FORMS[language]
        elif language == "en" and not message.string and message.id in ENGLISH:
            message.string = ENGLISH[str(message.id)]
    with file.open("wb") as target:
        write_po(target, catalog, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)


if __name__ == "__main__":
    for each in LANGUAGES:
        add_words(each)
