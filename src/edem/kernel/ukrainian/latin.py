"""Ukrainian in Latin letters: the table of the Cabinet's resolution No 55 of 27 January 2010."""

import re

from edem.kernel.ukrainian.letters import APOSTROPHE, normalise

_LETTERS = dict(
    pair.split("=")
    for pair in (
        *("а=a", "б=b", "в=v", "г=h", "ґ=g", "д=d", "е=e", "є=ie", "ж=zh", "з=z", "и=y", "і=i", "ї=i", "й=i"),
        *("к=k", "л=l", "м=m", "н=n", "о=o", "п=p", "р=r", "с=s", "т=t", "у=u", "ф=f", "х=kh", "ц=ts", "ч=ch"),
        *("ш=sh", "щ=shch", "ь=", "ю=iu", "я=ia"),
    )
)
_AT_THE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_WORD = re.compile(rf"[а-щьюяєіїґ{APOSTROPHE}]+", re.IGNORECASE)
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def transliterate(text: str) -> str:
    """«Згурський Юрій» → «Zghurskyi Yurii»."""
    return _WORD.sub(lambda found: _in_latin(found[0]), normalise(text))


def slug(text: str, *, longest: int = 60) -> str:
    """A part of an address: «Вишневогірськ» → «vyshnevohirsk»; whole words, as many as fit."""
    plain = _NOT_IN_SLUG.sub("-", transliterate(text).lower()).strip("-")
    if len(plain) <= longest:
        return plain
    cut = plain[: longest + 1].rpartition("-")[0]
    return cut or plain[:longest]


def _in_latin(word: str) -> str:
    letters = []
    for place, letter in enumerate(word):
        small = letter.lower()
        latin = _AT_THE_START[small] if place == 0 and small in _AT_THE_START else _LETTERS.get(small, "")
        if small == "г" and word[place - 1 : place].lower() == "з":
            latin = "gh"  # «зг» is zgh, or it would read like «ж»
        letters.append(_cased(latin, like=letter, all_capitals=len(word) > 1 and word.isupper()))
    return "".join(letters)


def _cased(latin: str, *, like: str, all_capitals: bool) -> str:
    if all_capitals:
        return latin.upper()
    return latin.capitalize() if like.isupper() else latin
