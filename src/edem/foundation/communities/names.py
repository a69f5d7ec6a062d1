"""Names of communities and councils in the cases the pages need. Pure.

The names of communities are feminine adjectives, so these forms are certain; where a place itself is named
(«у Вишневогірську»), the form is the community's own data.
"""

from dataclasses import dataclass

# The one name in the list that is not an adjective alone.
_IRREGULAR = {"Асканія-Нова": ("Асканії-Нової", "Асканії-Новій")}
_ADJECTIVE_ENDINGS = ("ька", "на", "ва")
KINDS = {"міська": "міської", "селищна": "селищної", "сільська": "сільської"}
_VOWELS = "аеєиіїоуюя"


@dataclass(frozen=True, kw_only=True)
class Names:
    name: str
    name_genitive: str
    name_locative: str
    council_name: str
    council_name_genitive: str


SPECIAL_CITIES = {
    "Київ": Names(
        name="Територіальна громада міста Києва",
        name_genitive="Територіальної громади міста Києва",
        name_locative="у Києві",
        council_name="Київська міська рада",
        council_name_genitive="Київської міської ради",
    ),
    "Севастополь": Names(
        name="Територіальна громада міста Севастополя",
        name_genitive="Територіальної громади міста Севастополя",
        name_locative="у Севастополі",
        council_name="Севастопольська міська рада",
        council_name_genitive="Севастопольської міської ради",
    ),
}


def is_adjective(name: str) -> bool:
    return name.endswith(_ADJECTIVE_ENDINGS)


def names_of(adjective: str, kind: str) -> Names:
    """«Андріївська», «сільська» → all forms; an unknown kind is left out of them."""
    stem = adjective.removesuffix("а")
    genitive, locative = _IRREGULAR.get(adjective, (f"{stem}ої", f"{stem}ій"))
    of_kind = KINDS.get(kind, "")
    return Names(
        name=_joined(adjective, kind if of_kind else "", "територіальна громада"),
        name_genitive=_joined(genitive, of_kind, "територіальної громади"),
        name_locative=_joined(where(locative), "громаді"),
        council_name=_joined(adjective, kind if of_kind else "", "рада"),
        council_name_genitive=_joined(genitive, of_kind, "ради"),
    )


def where(locative: str) -> str:
    """The preposition by the first sound: «в Одесі», but «у Львові»."""
    return f"{'в' if locative[:1].lower() in _VOWELS else 'у'} {locative}"


def short_name(name: str) -> str:
    """«Андріївська сільська територіальна громада» → «Андріївська»: beside others in a list."""
    if name.startswith("Територіальна громада міста "):
        return next(city for city, names in SPECIAL_CITIES.items() if names.name == name)
    return name.partition(" ")[0]


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
