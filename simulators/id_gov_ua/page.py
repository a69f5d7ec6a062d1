"""The authorisation page: choose who to be, by which method, and what should happen. Works without JavaScript."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from simulators.id_gov_ua.mischief import LABELS, OF_ID_GOV_UA, Mischief
from simulators.id_gov_ua.residents import Resident

FOLDER = Path(__file__).parent
PER_PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Face:
    """Which stand's pages these are."""

    name: str
    address: str
    mischiefs: Sequence[Mischief]


ID_GOV_UA = Face(name="id.gov.ua", address="/", mischiefs=OF_ID_GOV_UA)
METHODS = {
    "dig_sign": "Електронний підпис (КЕП)",
    "bank_id": "BankID НБУ",
    "mobile_id": "MobileID",
    "diia_id": "Дія.Підпис",
}


def _template(name: str) -> Template:
    return Template((FOLDER / name).read_text(encoding="utf-8"))


def _whole(face: Face, title: str, body: str) -> str:
    return _template("page.html").substitute(
        stand=escape(face.name), title=escape(title), style=(FOLDER / "page.css").read_text(encoding="utf-8"), body=body
    )


def refusal_page(face: Face, sentence: str) -> str:
    return _whole(face, "Запит неправильний", f"<h1>Запит неправильний</h1><p>{escape(sentence)}</p>")


def choice_page(
    face: Face, request: Mapping[str, str], *, methods: Sequence[str], found: Sequence[Resident], page: int
) -> str:
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    hidden = _hidden({name: value for name, value in request.items() if name not in ("q", "page")})
    body = _template("choice.html").substitute(
        address=face.address,
        hidden=hidden,
        query=escape(request.get("q", "")),
        methods=_methods(methods),
        mischiefs="".join(_radio("mischief", one, LABELS[one], chosen=Mischief.NONE) for one in face.mischiefs),
        people="".join(map(_row, shown)) or "<li><p>Нікого не знайдено. Спробуйте інше слово.</p></li>",
        found=f"Знайдено людей: {len(found)}",
        pages=_pages(face, request, count=-(-len(found) // PER_PAGE), current=page),
    )
    return _whole(face, "Увійти як…", body)


def _methods(methods: Sequence[str]) -> str:
    if not methods:
        return ""
    choices = "".join(_radio("method", method, METHODS[method], chosen=methods[0]) for method in methods)
    return f"<fieldset><legend>Спосіб входу</legend>{choices}</fieldset>"


def _hidden(values: Mapping[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in values.items()
    )


def _radio(name: str, value: str, label: str, *, chosen: str) -> str:
    checked = " checked" if value == chosen else ""
    return f'<label><input type="radio" name="{name}" value="{value}"{checked}> {escape(label)}</label>'


def _row(resident: Resident) -> str:
    born = f"{resident.year_of_birth} р. н." if resident.year_of_birth else ""
    lines: Iterable[str] = filter(None, (born, resident.place, resident.note))
    details = "".join(f"<small>{escape(line)}</small>" for line in lines)
    return (
        f'<li><button name="person" value="{escape(resident.id)}">'
        f"<b>{escape(resident.full_name)}</b>{details}</button></li>"
    )


def _pages(face: Face, request: Mapping[str, str], *, count: int, current: int) -> str:
    def link(number: int, label: str) -> str:
        return f'<a href="{face.address}?{escape(urlencode({**request, "page": str(number)}))}">{label}</a>'

    back = link(current - 1, "← Назад") if current > 1 else ""
    onward = link(current + 1, "Далі →") if current < count else ""
    return f"{back} {onward}".strip()
