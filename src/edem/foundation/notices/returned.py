"""Reads one returned message: which letter it was, and whether its address will ever work. Strangers write these."""

import logging
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum
from typing import Final

from flufl.bounce import all_failures

from edem.foundation.notices.return_path import LetterName, letter_named_in

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it would log strangers' addresses

MOST_BYTES: Final = 10 * 1024 * 1024
ADDRESSED_TO: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_STATUS: Final = re.compile(rb"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.MULTILINE | re.IGNORECASE)
_MAY_PASS: Final = re.compile(r"4\.|5\.2\.2|5\.7\.")
"""Given up for now: any temporary fault, a full mailbox, a server that takes us for spam."""


class Verdict(StrEnum):
    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    NOT_OURS = "not_ours"
    """It names no letter of ours: forged, or simply somebody's mail."""
    NO_FAILURE = "no_failure"
    """An answer of the person's own, «у відпустці до понеділка»."""
    TOO_LONG = "too_long"
    ANSWER = "answer"
    """A person's answer to a letter; it has been handed to the service."""
    AUTOMATIC = "automatic"
    """Written by a program, or our own letter coming round."""
    WORDLESS = "wordless"
    """An answer that only quotes us."""
    REPEATED = "repeated"
    TOO_MANY = "too_many"
    """More answers in an hour than people write: a loop that does not say so."""
    NOT_TAKEN = "not_taken"
    """The service has no place for it: the letter asked for no answer, or what it was about has closed."""
    BROKEN = "broken"


@dataclass(frozen=True)
class Returned:
    verdict: Verdict
    letter: LetterName | None = None
    status: str = ""

    @property
    def is_failure(self) -> bool:
        return self.verdict in {Verdict.PERMANENT, Verdict.TEMPORARY}


def read_returned(raw: bytes) -> Returned:
    if len(raw) > MOST_BYTES:
        return Returned(Verdict.TOO_LONG)
    try:
        message = message_from_bytes(raw)
        letter = letter_named_in(" ".join(_headers(message)))
        if letter is None:
            return Returned(Verdict.NOT_OURS)
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - whatever a stranger's message breaks, the next one is still read
        return Returned(Verdict.BROKEN)
    if not temporary and not permanent:
        return Returned(Verdict.NO_FAILURE, letter)
    found = _STATUS.search(raw)
    status = found.group(1).decode() if found else ""
    lasting = bool(permanent) and not _MAY_PASS.match(status)
    return Returned(Verdict.PERMANENT if lasting else Verdict.TEMPORARY, letter, status)


def _headers(message: Message) -> list[str]:
    return [str(value) for name in ADDRESSED_TO for value in message.get_all(name, [])]
