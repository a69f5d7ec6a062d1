"""What the gateway can do wrong with its next answer, so that every refusal of the platform can be seen."""

from enum import StrEnum


class Mischief(StrEnum):
    NONE = "none"
    BAD_NUMBER = "bad_number"
    BUSY = "busy"
    SLOW = "slow"
    BROKEN_JSON = "broken_json"
    HTML = "html"
    OTHER_ID = "other_id"
    HANG_UP = "hang_up"
    FAILURE = "failure"
    HUGE = "huge"
    UNDELIVERED = "undelivered"


LABELS = {
    Mischief.NONE: "Як слід",
    Mischief.BAD_NUMBER: "Такого номера немає (422)",
    Mischief.BUSY: "Зачекайте (503)",
    Mischief.SLOW: "Прийняти, але відповісти запізно",
    Mischief.BROKEN_JSON: "Прийняти, але відповісти зіпсованим JSON",
    Mischief.HTML: "Прийняти, але відповісти сторінкою",
    Mischief.OTHER_ID: "Відповісти про інше повідомлення",
    Mischief.HANG_UP: "Прийняти й обірвати зв’язок",
    Mischief.FAILURE: "Помилка 500 після прийняття",
    Mischief.HUGE: "Відповідь на десять мегабайтів",
    Mischief.UNDELIVERED: "Прийняти, але не доставити",
}
