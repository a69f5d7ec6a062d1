"""One wrong letter: replaced, missing, extra, or two neighbours swapped. Pure."""

from collections.abc import Iterator

from edem.kernel.ukrainian import ALPHABET, APOSTROPHE, is_known

SHORTEST_MENDED = 4
LONGEST_MENDED = 24
# One wrong letter spoils at most three trigrams in a row, two swapped neighbours at most four.
MOST_SPOILT = 4


def trigrams(word: str) -> list[str]:
    """«дім» → «··д», «·ді», «дім», «ім·»: the edges count too, so beginnings and ends tell words apart."""
    return sorted(set(_in_order(word)))


def landmarks(word: str) -> list[str]:
    """Two trigrams so far apart that one slip cannot spoil both: whatever was meant still has one of them."""
    ordered = _in_order(word)
    # The very first one holds a single letter, which too many words begin with.
    first = 1 if len(ordered) > MOST_SPOILT + 1 else 0
    return [ordered[first], ordered[first + MOST_SPOILT]]


def may_be_mended(word: str) -> bool:
    """Short words have too many neighbours to guess at, and so has a number."""
    return SHORTEST_MENDED <= len(word) <= LONGEST_MENDED and word.isalpha()


def is_one_letter_apart(one: str, other: str) -> bool:
    """Whether one slip of the finger turns one word into the other."""
    if len(one) > len(other):
        one, other = other, one
    if one == other or len(other) - len(one) > 1:
        return False
    same = _common_beginning(one, other)
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    swapped = one[same : same + 2] == other[same : same + 2][::-1]
    return one[same + 1 :] == other[same + 1 :] or (swapped and one[same + 2 :] == other[same + 2 :])


def dictionary_neighbours(word: str) -> list[str]:
    """The forms of the dictionary one slip away: «дорлгу» → «дорогу», «долгу»."""
    return sorted(spelt for spelt in set(_slips(word)) if spelt != word and is_known(spelt))


def _in_order(word: str) -> list[str]:
    padded = f"\u00b7\u00b7{word}\u00b7"
    return [padded[start : start + 3] for start in range(len(padded) - 2)]


def _slips(word: str) -> Iterator[str]:
    letters = ALPHABET + APOSTROPHE
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _common_beginning(one: str, other: str) -> int:
    same = 0
    while same < len(one) and one[same] == other[same]:
        same += 1
    return same
