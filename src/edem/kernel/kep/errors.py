"""The one exception that every reader of bytes in this package raises for bad input."""


class Unreadable(Exception):
    """These bytes are not what they should be. `code` says why in English; `facts` say where and how much."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({facts})" if facts else self.code

    def __reduce__(self) -> tuple[object, ...]:
        # Checking runs in processes of its own: the facts must cross their border.
        return _rebuild, (self.code, self.facts)


def _rebuild(code: str, facts: dict[str, object]) -> Unreadable:
    return Unreadable(code, **facts)
