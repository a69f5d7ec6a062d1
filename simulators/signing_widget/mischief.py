"""What a person may do with their key, rightly or wrongly."""

from enum import StrEnum


class Key(StrEnum):
    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN_ROOT = "unknown_root"
    SEAL = "seal"


KEYS = {
    Key.GOOD: "Чинний ключ",
    Key.EXPIRED: "Ключ, строк якого минув",
    Key.REVOKED: "Відкликаний ключ",
    Key.UNKNOWN_ROOT: "Ключ невідомого надавача",
    Key.SEAL: "Печатка установи",
}
