"""The one way a command gives up: a sentence that says what to do."""


class Stopped(Exception):
    """Shown to the person as it is, without a trace."""

    def __init__(self, sentence: str, *, last_lines: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.last_lines = last_lines


def last_lines_of(text: str, *, count: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-count:])
