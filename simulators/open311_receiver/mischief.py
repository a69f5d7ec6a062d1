"""What the server can do wrong with its next answer, so that every way of losing a report can be seen."""

from enum import StrEnum


class Mischief(StrEnum):
    NONE = "none"
    DOWN = "down"
    BUSY = "busy"
    REFUSING = "refusing"
    BAD_KEY = "bad_key"
    SLOW = "slow"
    BROKEN_JSON = "broken_json"
    HTML = "html"
    HANG_UP = "hang_up"
    FAILURE = "failure"
    HUGE = "huge"
    TOKEN = "token"  # a kind of answer
    NO_UPDATES = "no_updates"


LABELS = {
    Mischief.NONE: "Як слід",
    Mischief.DOWN: "Обривати зв’язок, нічого не прийнявши",
    Mischief.BUSY: "Зачекайте (503)",
    Mischief.REFUSING: "Не приймати: невідома категорія (400)",
    Mischief.BAD_KEY: "Ключ не підходить (403)",
    Mischief.SLOW: "Прийняти, але відповісти запізно",
    Mischief.BROKEN_JSON: "Прийняти, але відповісти зіпсованим документом",
    Mischief.HTML: "Прийняти, але відповісти сторінкою",
    Mischief.HANG_UP: "Прийняти й обірвати зв’язок",
    Mischief.FAILURE: "Помилка 500 після прийняття",
    Mischief.HUGE: "Відповідь на десять мегабайтів",
    Mischief.TOKEN: "Прийняти й дати token замість номера",
    Mischief.NO_UPDATES: "Не знати servicerequestupdates (404)",
}
