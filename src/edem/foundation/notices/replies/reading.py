"""Reads one message that came to a reply address: whose answer to which letter it is, or why it is none."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from typing import Final

from edem.foundation.notices.replies.addresses import answered_letter
from edem.foundation.notices.replies.bodies import MailFile, files_of, words_of
from edem.foundation.notices.replies.quotes import without_quotes
from edem.foundation.notices.return_path import LetterName
from edem.foundation.notices.returned import ADDRESSED_TO, MOST_BYTES, Verdict

_BULK: Final = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_MACHINES: Final = ("X-Autoreply", "X-Autorespond", "X-Loop", "List-Id", "X-Failed-Recipients")
_NOBODY: Final = re.compile(r"^(mailer-daemon|postmaster|no-?reply|noreply|donotreply)([+.@]|$)", re.IGNORECASE)
_LONGEST_NAME: Final = 300


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a person wrote back."""

    letter: LetterName
    message_id: str
    sender: str
    text: str
    files: tuple[MailFile, ...]


def read_answer(raw: bytes, *, own_host: str, own_address: str) -> Answer | Verdict:
    """A verdict for what is no answer: a machine's, our own coming round, one without a word, not ours at all."""
    if len(raw) > MOST_BYTES:
        return Verdict.TOO_LONG
    try:
        message = message_from_bytes(raw)
        letter = answered_letter(" ".join(str(each) for name in ADDRESSED_TO for each in message.get_all(name, [])))
        if letter is None:
            return Verdict.NOT_OURS
        if _is_automatic(message) or _is_our_own(message, own_host=own_host, own_address=own_address):
            return Verdict.AUTOMATIC
        answer = _answer(message, letter)
    except Exception:  # noqa: BLE001 - whatever a stranger's message breaks, the next one is still read
        return Verdict.BROKEN
    return answer if answer.text or answer.files else Verdict.WORDLESS


def _answer(message: Message, letter: LetterName) -> Answer:
    return Answer(
        letter=letter,
        message_id=_plain(message, "Message-ID"),
        sender=parseaddr(_plain(message, "From"))[1],
        text=without_quotes(words_of(message)),
        files=tuple(files_of(message)),
    )


def _is_automatic(message: Message) -> bool:
    """RFC 3834, and what programs wrote before it."""
    submitted = _plain(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or _plain(message, "Precedence").lower() in _BULK
        or any(message.get(name) is not None for name in _MACHINES)
        or _plain(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
        or bool(_NOBODY.match(parseaddr(_plain(message, "From"))[1]))
    )


def _is_our_own(message: Message, *, own_host: str, own_address: str) -> bool:
    """A letter of ours that some mailbox forwards to us again."""
    sender = parseaddr(_plain(message, "From"))[1].casefold()
    return sender == own_address.casefold() or _plain(message, "Message-ID").casefold().endswith(
        f"@{own_host.casefold()}>"
    )


def _plain(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())[:_LONGEST_NAME]
