"""What the stand can do wrong on demand, so that every refusal of the platform can be seen."""

from enum import StrEnum


class Mischief(StrEnum):
    NONE = "none"
    DENIED = "access_denied"
    WRONG_STATE = "wrong_state"
    EXPIRED_CODE = "expired_code"
    SLOW = "slow"
    BROKEN_TOKEN = "broken_token"
    BROKEN_PERSON = "broken_person"
    NO_PERSON = "no_person"
    FAILURE = "failure"


LABELS = {
    Mischief.NONE: "Вхід вдався",
    Mischief.DENIED: "Людина передумала й відмовилася",
    Mischief.WRONG_STATE: "Підроблена відповідь (чужий state)",
    Mischief.EXPIRED_CODE: "Код прострочено",
    Mischief.SLOW: "Сервіс відповідає дуже довго",
    Mischief.BROKEN_TOKEN: "Замість ключа доступу приходить зіпсований JSON",
    Mischief.BROKEN_PERSON: "Замість даних людини приходить зіпсований JSON",
    Mischief.NO_PERSON: "Сервіс не віддає даних людини",
    Mischief.FAILURE: "Помилка 500 на боці сервісу",
}
