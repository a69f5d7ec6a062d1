"""A letter's plain text, taken from its HTML, so that the two never say different things."""

import re
from html.parser import HTMLParser

_BLOCKS = {"p", "div", "tr", "table", "h1", "h2", "h3", "ul", "ol", "blockquote", "br"}
_SILENT = {"title", "style", "head", "script"}


def text_of(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t\r\f\v\u00a0]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def title_of(html: str) -> str:
    """The letter's subject: the title in one line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.title).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self._silent: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        elif tag == "li":
            self.parts.append("\n— ")
        elif tag in _BLOCKS:
            self.parts.append("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and tag in self._silent:
            self._silent.remove(tag)
        elif tag == "a" and self._links:
            self.parts.append(f": {self._links.pop()}")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if "title" in self._silent:
            self.title.append(data)
        elif not self._silent:
            # The source's own line breaks are only spaces.
            self.parts.append(data.replace("\n", " "))
