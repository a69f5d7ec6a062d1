"""Letters: one spelling for what is stored, indexed and searched, and the order of the Ukrainian alphabet."""

import re
import unicodedata

ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
APOSTROPHE = "\u02bc"  # MODIFIER LETTER APOSTROPHE: the only one that text search takes for a letter

# Everything that people and keyboards put where the apostrophe belongs, the typewriter's " and * among it.
_APOSTROPHES = "'`\"*´\u2018\u2019\u201b\u201c\u201d\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\uff07\ua78c\u055a\u07f4"
_CYRILLIC = "\u0400-\u04ff"
_INNER_APOSTROPHE = re.compile(f"(?<=[{_CYRILLIC}])[{re.escape(_APOSTROPHES)}](?=[{_CYRILLIC}])")
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = "A-Za-zÀ-ÖØ-öø-ÿ"
_TRUE_APOSTROPHES = "'`´\u2018\u2019\u02bc\u2032"
# «M'яч» with a Latin M: no mixed word by itself, but the apostrophe joins it to a Cyrillic one.
# Possessive, for a page of «a'a'a'» must not cost more than any other page.
_LATIN_CHAIN = rf"[{_LATIN}]++(?:[{_TRUE_APOSTROPHES}][{_LATIN}]++)*+"
_JOINED_TO_CYRILLIC = re.compile(
    rf"(?<![^\W\d_])(?<![{_LATIN}][{_TRUE_APOSTROPHES}]){_LATIN_CHAIN}(?=[{_TRUE_APOSTROPHES}][{_CYRILLIC}])"
    rf"|(?<=[{_CYRILLIC}][{_TRUE_APOSTROPHES}]){_LATIN_CHAIN}(?![^\W\d_])"
)
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_CYRILLIC_LETTER = re.compile(f"[{_CYRILLIC}]")
_LOOK_ALIKES = str.maketrans("aceiopxykïëABCEHIKMOPTXYÏË", "асеіорхукїёАВСЕНІКМОРТХУЇЁ")
# Soft hyphens, zero-width signs and byte-order marks come along with text pasted from documents.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CYRILLIC_STRESS = re.compile(f"(?<=[{_CYRILLIC}])[\u0300\u0301]+")
_STRESSED_IN_ONE = str.maketrans("ёѐѝ", "ееи")

_RUSSIAN_PLACES = str.maketrans("ёъыэ", "еьие")
_PLACES = {ord(letter): chr(0x0430 + place) for place, letter in enumerate(ALPHABET)}
_DIGITS = re.compile(r"\d+", re.ASCII)
_NOT_SORTED = re.compile(r"[^\w\s-]|_")


def normalise(text: str) -> str:
    """The same words always in the same letters; running it twice changes nothing more."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    # Look-alikes go first: an apostrophe is recognised by the Cyrillic letters at both its sides.
    return _INNER_APOSTROPHE.sub(APOSTROPHE, _without_look_alikes(text))


def fold(text: str) -> str:
    """What two spellings of one word have in common: for comparing and searching, never for showing."""
    small = _CYRILLIC_STRESS.sub("", normalise(text).lower())
    # A few capitals turn into letter and mark, or into an apostrophe, only when they are made small.
    return normalise(small).translate(_STRESSED_IN_ONE)


def sort_key(text: str) -> str:
    """A key whose code points stand in the order of the Ukrainian alphabet; numbers stand by their size."""
    text = fold(text).replace(APOSTROPHE, "").replace("-", " ")
    text = _NOT_SORTED.sub("", text).translate(_RUSSIAN_PLACES).translate(_PLACES)
    return " ".join(_DIGITS.sub(lambda found: found[0].lstrip("0").zfill(8), text).split())


def _without_look_alikes(text: str) -> str:
    if not _LATIN_LETTER.search(text):
        return text
    return _JOINED_TO_CYRILLIC.sub(_if_only_look_alikes, _LETTERS.sub(_all_cyrillic, text))


def _all_cyrillic(word: re.Match[str]) -> str:
    return _if_only_look_alikes(word) if _CYRILLIC_LETTER.search(word[0]) else word[0]


def _if_only_look_alikes(word: re.Match[str]) -> str:
    """A word becomes Cyrillic when nothing Latin would be left in it: «COVIDом» stays as it was written."""
    changed = word[0].translate(_LOOK_ALIKES)
    return word[0] if _LATIN_LETTER.search(changed) else changed
