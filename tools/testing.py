"""`./edem test`: everything a test needs, then pytest with the screen to itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tools import bouncy_castle, catalogues, chromium, environment
from tools.installation import database_url
from tools.places import ROOT
from tools.programs import let_run, python, surroundings

WORKERS = "2"


def test(arguments: Sequence[str]) -> int:
    environment.ready()
    url = database_url()
    catalogues.compile_stale()
    if "--full" in arguments:
        bouncy_castle.install_where_plain()
    more = {"CHROMIUM": chromium.found_or_installed()} if walks_pages(arguments) else {}
    # The last line on the screen is pytest's own.
    return let_run(pytest_command(arguments), surroundings(DATABASE_URL=url, **more))


def pytest_command(arguments: Sequence[str]) -> list[str]:
    full = "--full" in arguments
    rest = [argument for argument in arguments if argument != "--full"]
    marked, rest = marks(rest)
    kept = " and ".join(f"({mark})" for mark in [*marked, *([] if full else ["not full"])])
    several = ["-n", WORKERS, "--dist", "loadscope"] if not paths(rest) and "-n" not in rest else []
    return python(
        "-m", "pytest", "--ds=edem.config.settings.test", *several, *(["-m", kept] if kept else []), *rest
    )  # fmt: skip


def marks(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The person's own `-m` is kept beside ours."""
    rest, found = list(arguments), []
    while "-m" in rest[:-1]:
        place = rest.index("-m")
        found.append(rest[place + 1])
        del rest[place : place + 2]
    return found, rest


def paths(arguments: Sequence[str]) -> list[str]:
    return [word for word in arguments if not word.startswith("-") and (ROOT / word.partition("::")[0]).exists()]


def walks_pages(arguments: Sequence[str]) -> bool:
    """Only a run that may meet a browser test needs a browser."""
    if any("not browser" in mark for mark in marks(arguments)[0]):
        return False
    chosen = [ROOT / path.partition("::")[0] for path in paths(arguments)]
    return not chosen or any("mark.browser" in test.read_text(encoding="utf-8") for test in tests_in(chosen))


def tests_in(chosen: Sequence[Path]) -> Iterator[Path]:
    for path in chosen:
        yield from path.rglob("test_*.py") if path.is_dir() else [path]
