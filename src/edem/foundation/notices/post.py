"""The conversation with the mail server. It says for certain what became of a letter, or that nobody can know."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import SplitResult, unquote, urlsplit

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_SECONDS = 30
_GO_AHEAD, _TEMPORARY, _PERMANENT = 354, 400, 500
_CLOSING = 421
_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")


class Fate(Enum):
    SENT = auto()
    REFUSED = auto()
    LATER = auto()
    """Certainly not sent; may be tried again."""
    UNKNOWN = auto()
    """The connection broke after the text went out: sending again might be twice."""


@dataclass(frozen=True)
class Outcome:
    fate: Fate
    code: int = 0
    status: str = ""
    """The enhanced code, «5.1.1» (RFC 3463), when the server gave one."""


class ServerAwayError(Exception):
    """Nobody answers at the address, or the server does not let us in."""


class Post:
    """One open connection; `is_open` tells whether it is good for another letter."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server
        self.is_open = True

    def deliver(self, message: bytes, *, sender: str, recipient: str) -> Outcome:
        try:
            code, words = self._envelope(sender, recipient)
        except (OSError, smtplib.SMTPException):
            self.is_open = False
            return Outcome(Fate.LATER)
        if code != _GO_AHEAD:
            return self._refused(code, words)
        return self._text(message)

    def _envelope(self, sender: str, recipient: str) -> tuple[int, bytes]:
        code, words = self._server.mail(sender)
        if code < _TEMPORARY:
            code, words = self._server.rcpt(recipient)
        return (code, words) if code >= _TEMPORARY else self._server.docmd("DATA")

    def _text(self, message: bytes) -> Outcome:
        try:
            self._server.send(_dotted(message))
            code, words = self._server.getreply()
        except (OSError, smtplib.SMTPException):
            self.is_open = False
            return Outcome(Fate.UNKNOWN)
        return Outcome(Fate.SENT, code) if code < _TEMPORARY else self._refused(code, words)

    def _refused(self, code: int, words: bytes) -> Outcome:
        if code == _CLOSING or code < _TEMPORARY:
            self.is_open = False
        else:
            self._reset()
        found = _STATUS.match(words)
        status = found.group().decode() if found else ""
        return Outcome(Fate.REFUSED if code >= _PERMANENT else Fate.LATER, code, status)

    def _reset(self) -> None:
        try:
            self._server.rset()
        except (OSError, smtplib.SMTPException):
            self.is_open = False


@contextmanager
def connected(url: str, *, local_name: str) -> Iterator[Post]:
    """Open the address from the settings: smtp://, smtps:// or smtp+starttls://, with name and password or without."""
    try:
        server = _open(urlsplit(url), local_name)
    except (OSError, smtplib.SMTPException) as away:
        raise ServerAwayError(type(away).__name__) from None
    try:
        yield Post(server)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _open(address: SplitResult, local_name: str) -> smtplib.SMTP:
    host, port = address.hostname or "localhost", address.port or _PORTS[address.scheme]
    if address.scheme == "smtps":
        secure = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, local_name, timeout=_SECONDS, context=secure)
    else:
        server = smtplib.SMTP(host, port, local_name, timeout=_SECONDS)
    try:
        if address.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _dotted(message: bytes) -> bytes:
    """A line that begins with a dot would end the letter early (RFC 5321, 4.5.2)."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"
