"""The code on a sign-in slip, and what the person knows besides: short for hands, hopeless to guess."""

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0 and O, 1 and I: what is copied from paper by hand."""
LENGTH: Final = 12
"""60 bits."""
HASH: Final = 32
MOST_WRONG_ANSWERS: Final = 5
_FOUR: Final = re.compile(r"\d{4}")
_DAY: Final = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})")
_LOOKS_ALIKE: Final = str.maketrans(
    {"А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "К": "K", "М": "M", "Р": "P", "Т": "T", "Х": "X", "У": "Y"}
)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """«7KQF-M2XW-9TRB», as it is printed."""
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4))


def typed(text: str) -> str:
    """What somebody typed, Ukrainian letters among it; "" for what cannot be a code."""
    plain = re.sub(r"[\s\-–—]", "", text).upper().translate(_LOOKS_ALIKE)
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def known_things(*, born_on: str, numbers: Iterable[str]) -> list[str]:
    """The day of birth and the last four digits of each number."""
    tails = [digits[-4:] for number in numbers if len(digits := re.sub(r"\D", "", number)) >= len("1234")]
    return [*([f"born:{born_on}"] if born_on else []), *(f"tail:{tail}" for tail in dict.fromkeys(tails))]


def answer_typed(text: str) -> str:
    """«12.03.1984» or «4821»; "" for neither."""
    plain = text.strip()
    if _FOUR.fullmatch(plain):
        return f"tail:{plain}"
    found = _DAY.fullmatch(plain)
    if found is None:
        return ""
    try:
        return f"born:{date(int(found[3]), int(found[2]), int(found[1])).isoformat()}"
    except ValueError:
        return ""


def hash_of_code(code: str, *, key: bytes) -> bytes:
    return hmac.digest(key, f"code:{code}".encode(), "sha256")


def hash_of_answer(code: str, answer: str, *, key: bytes) -> bytes:
    """Bound to the slip's own code: two slips of one person have nothing in common."""
    return hmac.digest(key, f"answer:{code}:{answer}".encode(), "sha256")


def is_among(answer: bytes, answers: bytes) -> bool:
    """Compared to each of them, so that the time taken says nothing."""
    parts = [answers[place : place + HASH] for place in range(0, len(answers), HASH)]
    return sum(hmac.compare_digest(answer, part) for part in parts) > 0
