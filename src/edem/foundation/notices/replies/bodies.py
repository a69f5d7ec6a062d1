"""The words and the files of a stranger's message: wrong encodings, HTML alone, parts inside parts. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from html.parser import HTMLParser
from typing import Final

from edem.foundation.notices.plain import text_of

MOST_PARTS: Final = 100
MOST_FILES: Final = 8
_GUESSED: Final = ("utf-8", "cp1251", "koi8-u")
"""Ukrainian offices still write in the last two, and often name another one."""
_QUOTING: Final = frozenset({"gmail_quote", "gmail_quote_container", "gmail_extra", "yahoo_quoted", "moz-cite-prefix"})
_QUOTING_IDS: Final = frozenset({"divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr"})


@dataclass(frozen=True)
class MailFile:
    name: str
    content: bytes


def words_of(message: Message) -> str:
    """The plain text when there is any, else the text of the HTML without what it quotes."""
    parts = [part for part in _leaves(message) if not _is_file(part)]
    plain = [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return "\n".join(plain)
    return "\n".join(text_of(_without_quoted(_decoded(part))) for part in parts if _is_html(part))


def files_of(message: Message) -> list[MailFile]:
    """What hangs on it, pictures within the text too; what cannot be decoded is left out."""
    found = []
    for part in _leaves(message):
        content = part.get_payload(decode=True) if _is_file(part) else None
        if isinstance(content, bytes) and content:
            found.append(MailFile(name_of(part), content))
    return found


def name_of(part: Message) -> str:
    try:
        raw = part.get_filename() or ""
        return "".join(
            piece.decode(charset or "utf-8", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(raw)
        )
    except (LookupError, ValueError):
        return ""


def _leaves(message: Message) -> Iterator[Message]:
    """Parts of parts, but not the letters that were attached whole: those are somebody else's words."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting = [each for each in inner if isinstance(each, Message)] + waiting
        elif part.get_content_type() != "message/rfc822":
            yield part


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in {"text", "message"}


def _is_html(part: Message) -> bool:
    return part.get_content_type() == "text/html"


def _decoded(part: Message) -> str:
    """By the named encoding if the bytes fit it; else by the first that they fit."""
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    for charset in (part.get_content_charset() or "utf-8", *_GUESSED):
        try:
            return raw.decode(charset).replace("\x00", "")
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8", "replace").replace("\x00", "")


def _without_quoted(html: str) -> str:
    reader = _OwnWords()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _OwnWords(HTMLParser):
    """Passes the HTML on, but not what stands inside a quotation or after Outlook's line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._depth = 0
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._depth += tag not in _VOID
            return
        given = dict(attrs)
        self._is_over = self._is_over or (given.get("id") or "") in _QUOTING_IDS
        classes = set((given.get("class") or "").split())
        if tag == "blockquote" or classes & _QUOTING:
            self._depth = 1
        else:
            self._pass(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth -= tag not in _VOID
        else:
            self._pass(f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        if not self._depth:
            self._pass(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self._pass(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _pass(self, text: str) -> None:
        if not self._is_over:
            self.parts.append(text)
