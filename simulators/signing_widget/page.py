"""The widget inside a frame, and the program beside it; the program works without JavaScript."""

from collections.abc import Mapping
from html import escape
from itertools import islice
from pathlib import Path
from string import Template

from edem.kernel.kep.making.subjects import Person
from simulators.signing_widget.mischief import KEYS

FOLDER = Path(__file__).parent
SHOWN = 100
"""The memorable ones come first."""


def widget_page(people: Mapping[str, Person], *, address: str) -> str:
    body = (
        f"<p>Сайт, що просить підпис: <b>{escape(address)}</b></p><form>{_choice(people)}"
        '<button value="read">Зчитати ключ</button> <button value="refuse">Скасувати</button></form>'
        '<p role="status"></p><script src="/widget.js" defer></script>'
    )
    return _whole("Зчитати ключ", body)


def program_page(people: Mapping[str, Person]) -> str:
    body = (
        '<h1>Підписати файл</h1><form method="post" enctype="multipart/form-data">'
        '<label>Файл<br><input type="file" name="file" required></label>'
        f"{_choice(people)}"
        '<label>Як зберегти<br><select name="form"><option value="attached">Разом із файлом</option>'
        '<option value="detached">Окремо від файлу</option></select></label>'
        '<label>Що додати<br><select name="level"><option value="long">Доказ, що сертифікат чинний</option>'
        '<option value="bare">Лише сертифікат</option></select></label>'
        "<button>Підписати</button></form>"
    )
    return _whole("Підписати файл", body)


def script() -> str:
    return (FOLDER / "widget.js").read_text(encoding="utf-8")


def _choice(people: Mapping[str, Person]) -> str:
    names = "".join(
        f'<option value="{escape(key)}">{escape(f"{one.surname} {one.given_name}")}</option>'
        for key, one in islice(people.items(), SHOWN)
    )
    keys = "".join(f'<option value="{key}">{escape(words)}</option>' for key, words in KEYS.items())
    return (
        f'<label>Хто підписує<br><select name="person">{names}</select></label>'
        f'<label>Ключ<br><select name="key">{keys}</select></label>'
    )


def _whole(title: str, body: str) -> str:
    template = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
    return template.substitute(title=escape(title), body=body)
