"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "email", "url", "tel", "number", "date", "datetime-local", "time", "textarea", ""}
NOT_SENT = {"submit", "button", "reset", "image", "file"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    is_checked: bool = False


@dataclass
class FoundForm:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def typed(self) -> list[Field]:
        return [each for each in self.fields if each.kind in TYPED]

    def filled(self, words: bytes | str) -> dict[str, bytes | str]:
        """Every typed field with these words, every box ticked, of every list the last choice."""
        return {each.name: words if each.kind in TYPED else each.value for each in self.fields}


class Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self._open: FoundForm | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = FoundForm(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open is not None and tag in {"input", "textarea", "select", "button"} and given.get("name"):
            kind = given.get("type", "") if tag == "input" else tag
            if kind not in NOT_SENT - ({"button"} if tag == "button" and given.get("value") else set()):
                self._open.fields.append(Field(given["name"], kind, given.get("value", "")))
            self._select = given["name"] if tag == "select" else self._select
        elif self._open is not None and tag == "option" and given.get("value"):
            next(each for each in self._open.fields if each.name == self._select).value = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms_to_send(page: str) -> list[FoundForm]:
    return [form for form in Forms(page).found if form.method == "post"]
