"""What the stands can do wrong on demand, so that every refusal of the platform can be seen."""

from enum import StrEnum


class Mischief(StrEnum):
    NONE = "none"
    DENIED = "access_denied"
    WRONG_STATE = "wrong_state"
    EXPIRED_CODE = "expired_code"
    REPLAYED_CODE = "replayed_code"
    SLOW = "slow"
    BROKEN_TOKEN = "broken_token"
    BROKEN_PERSON = "broken_person"
    EXPIRED_TOKEN = "expired_token"
    NO_PERSON = "no_person"
    FAILURE = "failure"
    NOTHING_KNOWN = "nothing_known"
    NUMBER_ELSEWHERE = "number_elsewhere"
    NO_NUMBER = "no_number"
    FOREIGNER = "foreigner"
    NEW_SURNAME = "new_surname"
    NEW_CERTIFICATE = "new_certificate"
    OTHERS_ENVELOPE = "others_envelope"
    SPOILT_ENVELOPE = "spoilt_envelope"
    # Only of BankID, whose answers the bank signs and whose tokens can be renewed.
    SPENT_TOKEN = "spent_token"
    WRONG_SIGNATURE = "wrong_signature"
    OTHER_SIGNER = "other_signer"


LABELS = {
    Mischief.NONE: "Вхід вдався",
    Mischief.DENIED: "Людина передумала й відмовилася",
    Mischief.WRONG_STATE: "Підроблена відповідь (чужий state)",
    Mischief.EXPIRED_CODE: "Код прострочено",
    Mischief.REPLAYED_CODE: "Код уже використано кимось іншим",
    Mischief.SLOW: "Сервіс відповідає дуже довго",
    Mischief.BROKEN_TOKEN: "Замість ключа доступу приходить зіпсований JSON",
    Mischief.BROKEN_PERSON: "Замість даних людини приходить зіпсований JSON",
    Mischief.EXPIRED_TOKEN: "Ключ доступу прострочено",
    Mischief.NO_PERSON: "Сервіс не віддає даних людини",
    Mischief.FAILURE: "Помилка 500 на боці сервісу",
    Mischief.NOTHING_KNOWN: "В усіх полях «n/a»",
    Mischief.NUMBER_ELSEWHERE: "Податковий номер в іншому полі",
    Mischief.NO_NUMBER: "Без податкового номера, лише паспорт",
    Mischief.FOREIGNER: "Іноземний громадянин без податкового номера",
    Mischief.NEW_SURNAME: "Людина змінила прізвище",
    Mischief.NEW_CERTIFICATE: "Сертифікат перевипущено",
    Mischief.OTHERS_ENVELOPE: "Відповідь зашифровано для когось іншого",
    Mischief.SPOILT_ENVELOPE: "Зашифровану відповідь зіпсовано дорогою",
    Mischief.SPENT_TOKEN: "Ключ доступу прострочено, і поновити його не можна",
    Mischief.WRONG_SIGNATURE: "Підпис банку не від цих даних",
    Mischief.OTHER_SIGNER: "Підписав не той банк, що названий у відповіді",
}

ONLY_BANK_ID = {Mischief.SPENT_TOKEN, Mischief.WRONG_SIGNATURE, Mischief.OTHER_SIGNER}
OF_ID_GOV_UA = tuple(one for one in Mischief if one not in ONLY_BANK_ID)
OF_BANK_ID = tuple(Mischief)
ENCRYPTED_ONLY = {Mischief.OTHERS_ENVELOPE, Mischief.SPOILT_ENVELOPE}
