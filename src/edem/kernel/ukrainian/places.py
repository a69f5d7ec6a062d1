"""Words that say where, and not what."""

from typing import Final

BESIDE: Final = frozenset({"біля", "коло", "навпроти", "поблизу", "перед", "за", "від", "до", "між", "повз"})
"""What stands after them is only near: «ліхтар біля переходу» is about the lamp."""
