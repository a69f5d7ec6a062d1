"""Cuts off what a mail program adds below an answer: our own letter quoted, a signature, «надіслано з телефону». Pure.

Known by their words: Gmail, Outlook, Apple Mail, Thunderbird, ukr.net, i.ua and meta.ua, in Ukrainian and English.
"""

import re
from collections.abc import Sequence
from typing import Final

from edem.kernel.ukrainian import N_

REPLY_ABOVE: Final = N_("Відповідь пишіть над цим рядком")
"""Stands first in every letter that may be answered; two number signs on each side tell it from prose."""

LONGEST: Final = 10_000
_READ: Final = 200_000
"""Signs of a message that are looked at: whoever sends more has sent a book."""
_LONGEST_ATTRIBUTION: Final = 400
_MARK: Final = re.compile(
    r"##.{0,12}(Відповідь пишіть над цим рядком|Please write your reply above this line)", re.IGNORECASE
)
_DASHES: Final = r"[-–—_=*]{2,}\s*"
_DIVIDERS: Final = re.compile(
    rf"^(?:{_DASHES})?(?:"
    r"original message|forwarded message|reply message|begin forwarded message:?|"
    r"(?:вихідне|оригінальне|початкове|пересл[аи]не|переадресоване|переспрямоване) (?:повідомлення|лист)|"
    r"исходное сообщение|пересылаемое сообщение"
    rf")\s*(?:{_DASHES})?:?$",
    re.IGNORECASE,
)
_UNDERSCORES: Final = re.compile(r"^_{20,}$")
_ATTRIBUTION: Final = re.compile(
    r"(?:(?=.*(?:\d:\d\d|\d{4}))\d{1,4}[.:/\- ].*|.*[<@>].*)\s"
    r"(?:wrote|writes|пише|пишет|написав|написала|написав\(-ла\)|написав\(ла\)|написали|написал|написала|написал\(а\)|надіслав|надіслала)\s*:$|^on\b.{6,250}\bwrote:$",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(
    r"^\*?(from|sent|date|to|cc|subject|від|від кого|відправник|надіслано|дата|кому|копія|тема|от|отправлено)\*?\s*:",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"^(-- ?$|sent from (my |outlook|mail for |yahoo)|get outlook for |отрима(ти|йте) outlook для |"
    r"(надіслано|відправлено|отправлено) (з|із|с|за допомогою|через) (мого |моєї |моего )?"
    r"(iphone|ipad|android|samsung|huawei|xiaomi|galaxy|телефон|мобільн|пошт|outlook|gmail|ukr\.net|i\.ua|meta\.ua))",
    re.IGNORECASE,
)
_ATTRIBUTION_LINES: Final = 3
"""Long names and dates are wrapped: «On …» and «… wrote:» may stand three lines apart."""
_HEADERS_IN_A_ROW: Final = 3


def without_quotes(text: str) -> str:
    """What the person wrote themselves; empty when there is nothing but a quotation."""
    lines = [line.rstrip() for line in text[:_READ].replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    own = _unquoted(lines[: _end_of_own(lines)])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()[:LONGEST]


def _end_of_own(lines: Sequence[str]) -> int:
    for number in range(len(lines)):
        if (end := _cut_at(lines, number)) is not None:
            return end
    return len(lines)


def _cut_at(lines: Sequence[str], number: int) -> int | None:
    """Where the answer ends when the quotation begins on this line."""
    line = lines[number].strip().lstrip("> ").strip()
    if not line:
        return None
    if _MARK.search(line):
        return _above_attribution(lines, number)
    begins = (
        _DIVIDERS.match(line)
        or _PHONE.match(lines[number].lstrip())
        or (_UNDERSCORES.match(line) and _are_headers(lines, number + 1))
        or _are_headers(lines, number)
        or _is_attribution(lines, number)
    )
    return number if begins else None


def _above_attribution(lines: Sequence[str], mark: int) -> int:
    """Whatever words the program put between the answer and our mark, its line about «who wrote» goes too."""
    for number in range(max(0, mark - 2 * _ATTRIBUTION_LINES), mark):
        if _is_attribution(lines, number) or _are_headers(lines, number):
            return number
    return mark


def _is_attribution(lines: Sequence[str], number: int) -> bool:
    joined = ""
    for line in lines[number : number + _ATTRIBUTION_LINES]:
        if not line.strip():
            return False
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LONGEST_ATTRIBUTION:
            return False
        if _ATTRIBUTION.match(joined):
            return True
    return False


def _are_headers(lines: Sequence[str], number: int) -> bool:
    """«Від:», «Кому:», «Тема:» one under another; a single «Тема:» in somebody's prose is not that."""
    found = [_HEADER.match(line.strip()) for line in lines[number : number + 2 * _HEADERS_IN_A_ROW] if line.strip()]
    return len(found) >= _HEADERS_IN_A_ROW and all(found[:_HEADERS_IN_A_ROW])


def _unquoted(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not line.lstrip().startswith(">")]
