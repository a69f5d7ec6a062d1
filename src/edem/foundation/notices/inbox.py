"""The mailbox where letters come back and where they are answered.

Over IMAP, or a folder that the mail server fills (Maildir, mbox, files).
"""

import imaplib
import mailbox
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from edem.foundation.notices.arriving import take_message
from edem.foundation.notices.returned import MOST_BYTES, Verdict

_PORTS: Final = {"imap": 143, "imap+starttls": 143, "imaps": 993}
_SECONDS: Final = 30
AT_ONCE: Final = 500
"""Messages in one job; the next comes in a few minutes."""
Take = Callable[[bytes], Verdict]


class InboxAwayError(Exception):
    """Nobody answers at the address, or the server does not let us in."""


def read_inbox(url: str, *, now: datetime) -> Counter[Verdict]:
    """Read what is new; a message is marked as read only when what it says has been remembered."""
    address = urlsplit(url)
    if address.scheme == "maildir":
        return read_maildir(Path(unquote(address.path)), now=now)
    with _connected(address) as server:
        return _read_imap(server, now=now)


def read_maildir(folder: Path, *, now: datetime) -> Counter[Verdict]:
    """Messages that were read are kept as read: the operator's own rules clear the folder."""
    found: Counter[Verdict] = Counter()
    box = mailbox.Maildir(folder, create=False)
    unread = [key for key, message in box.iteritems() if "S" not in message.get_flags()]
    for key in unread[:AT_ONCE]:
        message = box.get_message(key)
        found[take_message(box.get_bytes(key), now=now)] += 1
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message
    box.close()
    return found


def read_files(paths: list[Path], *, now: datetime) -> Counter[Verdict]:
    """Whatever the operator has at hand: single messages, mbox files, Maildir folders."""
    found: Counter[Verdict] = Counter()
    for path in paths:
        if path.is_dir():
            found += read_maildir(path, now=now)
        else:
            found.update(take_message(raw, now=now) for raw in _messages_in(path))
    return found


def _messages_in(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    if not is_mbox:
        with path.open("rb") as file:
            yield file.read(MOST_BYTES + 1)
        return
    box = mailbox.mbox(path, create=False)
    for key in box.keys():  # noqa: SIM118 - a mailbox gives messages, not keys, when it is walked
        yield box.get_bytes(key)
    box.close()


def _read_imap(server: imaplib.IMAP4, *, now: datetime) -> Counter[Verdict]:
    found: Counter[Verdict] = Counter()
    _, [unseen] = server.uid("SEARCH", "UNSEEN")
    for uid in (unseen or b"").split()[:AT_ONCE]:
        found[_take(server, uid.decode(), now=now)] += 1
        server.uid("STORE", uid.decode(), "+FLAGS.SILENT", r"(\Seen)")
    return found


def _take(server: imaplib.IMAP4, uid: str, *, now: datetime) -> Verdict:
    """One byte more than the limit is asked for: that is how a message shows that it is too long."""
    _, parts = server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")
    raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    return take_message(raw, now=now)


@contextmanager
def _connected(address: SplitResult) -> Iterator[imaplib.IMAP4]:
    """imaps://, imap+starttls:// or imap://, with the name, the password and the folder, INBOX without one."""
    try:
        server = _open(address)
    except (OSError, imaplib.IMAP4.error) as away:
        raise InboxAwayError(type(away).__name__) from None
    try:
        yield server
    except (OSError, imaplib.IMAP4.error) as away:
        raise InboxAwayError(type(away).__name__) from None
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _open(address: SplitResult) -> imaplib.IMAP4:
    host, port = address.hostname or "localhost", address.port or _PORTS[address.scheme]
    if address.scheme == "imaps":
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            host, port, ssl_context=ssl.create_default_context(), timeout=_SECONDS
        )
    else:
        server = imaplib.IMAP4(host, port, timeout=_SECONDS)
    try:
        if address.scheme == "imap+starttls":
            server.starttls(ssl_context=ssl.create_default_context())
        server.login(unquote(address.username or ""), unquote(address.password or ""))
        _select(server, unquote(address.path.strip("/")) or "INBOX")
    except BaseException:
        server.shutdown()
        raise
    return server


def _select(server: imaplib.IMAP4, folder: str) -> None:
    kind, _ = server.select(folder)
    if kind != "OK":
        raise imaplib.IMAP4.error("no such folder")
