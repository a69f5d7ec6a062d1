"""The one way a command gives up: a sentence that says what to do."""

import errno
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

Words = TypeVar("Words", bound=Sequence[str])

DISK_IS_FULL = "There is no room left on the disk. Free about 2 GB and run the command again."
NO_NETWORK = "The package registry cannot be reached. Check the network (and pip's or npm's settings) and run again."


class Stopped(Exception):
    """Shown to the person as it is, without a trace."""

    def __init__(self, sentence: str, *, last_lines: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.last_lines = last_lines


def ended(main: Callable[[Words], int], arguments: Words) -> int:
    """The exit code of a program; where it gives up, the person has been told why."""
    try:
        return main(arguments)
    except Stopped as stop:
        print(*filter(None, (stop.last_lines, stop.sentence)), sep="\n", file=sys.stderr)
    except OSError as error:
        print(sentence_for(error), file=sys.stderr)
    return 1


def last_lines_of(text: str, *, count: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-count:])


def sentence_for(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return DISK_IS_FULL
    if error.errno in {errno.EACCES, errno.EROFS}:
        return f"{error.filename or 'A folder'} cannot be written. Give yourself the right to write there."
    return str(error)
