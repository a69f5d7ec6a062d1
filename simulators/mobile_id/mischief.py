"""What a phone's owner may do with a request, and what the service itself may do wrong with its next answer."""

from enum import StrEnum


class Deed(StrEnum):
    """On the phone."""

    SIGN = "sign"
    CANCEL = "cancel"
    OTHER_PERSON = "other_person"
    OTHER_TEXT = "other_text"
    EXPIRED_CERTIFICATE = "expired_certificate"
    UNKNOWN_ROOT = "unknown_root"
    SEAL = "seal"
    BROKEN = "broken"
    BLOCK_PIN = "block_pin"
    REVOKED = "revoked"
    LET_EXPIRE = "let_expire"


class Mischief(StrEnum):
    """In the next answer."""

    NONE = "none"
    SLOW = "slow"
    FAILURE = "failure"
    BROKEN_XML = "broken_xml"
    ENTITY_BOMB = "entity_bomb"
    OUTSIDE_ENTITY = "outside_entity"
    HUGE = "huge"
    DEEP = "deep"
    OTHER_TRANSACTION = "other_transaction"
    OTHER_PHONE = "other_phone"
    UNKNOWN_STATUS = "unknown_status"
    REFUSES_US = "refuses_us"


DEEDS = {
    Deed.SIGN: "Ввести PIN і підписати",
    Deed.CANCEL: "Скасувати",
    Deed.OTHER_PERSON: "Підписати чужим ключем",
    Deed.OTHER_TEXT: "Підписати інший текст",
    Deed.EXPIRED_CERTIFICATE: "Підписати ключем, строк якого минув",
    Deed.UNKNOWN_ROOT: "Підписати ключем невідомого надавача",
    Deed.SEAL: "Підписати печаткою установи",
    Deed.BROKEN: "Надіслати зіпсований підпис",
    Deed.BLOCK_PIN: "Тричі помилитися з PIN",
    Deed.REVOKED: "Сертифікат відкликано",
    Deed.LET_EXPIRE: "Не відповідати, доки не мине час",
}

MISCHIEFS = {
    Mischief.NONE: "Як слід",
    Mischief.SLOW: "Дуже повільно",
    Mischief.FAILURE: "Помилка 500 без пояснень",
    Mischief.BROKEN_XML: "Зіпсований XML",
    Mischief.ENTITY_BOMB: "XML, що розростається (entity bomb)",
    Mischief.OUTSIDE_ENTITY: "XML, що читає чужий файл",
    Mischief.HUGE: "Відповідь на десять мегабайтів",
    Mischief.DEEP: "XML із тисячами вкладень",
    Mischief.OTHER_TRANSACTION: "Відповідь на інший запит",
    Mischief.OTHER_PHONE: "Відповідь про інший телефон",
    Mischief.UNKNOWN_STATUS: "Невідомий код стану",
    Mischief.REFUSES_US: "Не визнає AP_ID",
}
