"""«У» and «в» take turns so that a sentence is easy to say (Ukrainian Orthography 2019, § 23)."""

import re

_VOWELS = "аеєиіїоуюя"
_HARD_TO_SAY = re.compile(r"[вф]|(?:льв|св|дв|тв|хв|зв)")
"""Before these it is «у», whatever stands in front."""
_PREPOSITION = re.compile(r"[ув] (?=\w)")


def place_after(word: str, place: str) -> str:
    """«вирішується» and «у Калиновому Яру» → «в Калиновому Яру»; words that begin otherwise stay as they are."""
    if not _PREPOSITION.match(place):
        return place
    name = place[2:]
    first = name.lower()
    if first[0] in _VOWELS:
        return f"в {name}"
    if _HARD_TO_SAY.match(first):
        return f"у {name}"
    return f"{'в' if word.lower().endswith(tuple(_VOWELS)) else 'у'} {name}"
