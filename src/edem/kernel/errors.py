"""Refusals: the platform's polite way of saying no. Anything else that is raised is a bug."""

from typing import ClassVar


class Refused(Exception):
    """The platform will not do this. `code` says why; `facts` fill the sentence."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({facts})" if facts else self.code

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are rebuilt from `args` alone when they cross a process border; the facts would be lost.
        return _rebuild, (type(self), self.code, self.facts)


class NotAllowed(Refused):
    """This person may not."""

    status = 403


class Missing(Refused):
    """There is no such thing, or nobody may know that there is."""

    status = 404


class Conflict(Refused):
    """Not now, or already done."""

    status = 409


class Invalid(Refused):
    """The data itself is wrong."""

    status = 422


class TooOften(Refused):
    """Nothing is wrong with it, but for how often it comes."""

    status = 429


class Unavailable(Refused):
    """Nothing is wrong with what was asked; the platform cannot do it just now."""

    status = 503


def _rebuild(kind: type[Refused], code: str, facts: dict[str, object]) -> Refused:
    return kind(code, **facts)
