"""Writes a service: the skeleton's files, its line in the list of services, its migration and its words."""

import keyword
import re
from collections.abc import Sequence
from pathlib import Path
from string import Template

from tools.installation import installation
from tools.new_service.names import Names, names_for
from tools.places import ROOT, SOURCES
from tools.programs import django, must_run, python
from tools.progress import say, step
from tools.stops import Stopped

SKELETON = Path(__file__).with_name("skeleton")
SERVICES = SOURCES / "edem" / "services"
LIST = SOURCES / "edem" / "config" / "services.py"
SETTINGS = "edem.config.settings.dev"
END_OF_LIST = re.compile(r"(^OWN[^\n]*\[\n(?:    \"[^\n]*\n)*)(\])", re.MULTILINE)


def new_service(arguments: Sequence[str]) -> int:
    names = names_for(checked(arguments))
    surroundings = installation(settings=SETTINGS)
    folder = SERVICES / names.service
    with step(f"Writing {folder.relative_to(ROOT)}"):
        write(folder, names)
        add_line(names.service)
    with step("Making its migration and its translations"):
        for command in (
            django("makemigrations", names.service),
            python("-m", "ruff", "format", str(folder)),
            python("-m", "tools.new_service.words"),
        ):
            must_run(
                command, surroundings, failing="The service is written, but this step failed; the reason is above."
            )
    say(what_next(names))
    return 0


def checked(arguments: Sequence[str]) -> str:
    if len(arguments) != 1:
        raise Stopped("Say the service's name, a plural noun: ./edem new-service surveys")
    name = arguments[0].replace("-", "_")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or keyword.iskeyword(name) or len(name) > 20:
        raise Stopped("A service's name is a short English noun in small letters: ./edem new-service surveys")
    if name in taken_names():
        raise Stopped(f"The name “{name}” is taken by another part of the house. Choose another one.")
    return name


def taken_names() -> set[str]:
    floors = (SERVICES, SERVICES.parent / "foundation", SERVICES.parent / "portals", SERVICES.parent)
    return {path.name for floor in floors for path in floor.iterdir()} | {
        "auth",
        "sessions",
        "messages",
        "account",
        "mfa",
    }


def write(folder: Path, names: Names) -> None:
    for source in sorted(SKELETON.rglob("*")):
        if source.is_file():
            target = folder / place_of(source.relative_to(SKELETON), names)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(filled(source, names), encoding="utf-8")


def filled(source: Path, names: Names) -> str:
    return Template(source.read_text(encoding="utf-8")).substitute(names.words())


def place_of(source: Path, names: Names) -> Path:
    """templates/list.html → templates/surveys/list.html, rules.py.txt → rules.py."""
    if source.parts[0] == "templates":
        return Path("templates", names.service, *source.parts[1:])
    return source.with_suffix("")


def add_line(service: str) -> None:
    text = LIST.read_text(encoding="utf-8")
    changed, count = END_OF_LIST.subn(rf'\1    "edem.services.{service}",\n\2', text, count=1)
    if count != 1:
        raise Stopped(f"{LIST.relative_to(ROOT)} has no list of our own services any more; add the line by hand.")
    LIST.write_text(changed, encoding="utf-8")


def what_next(names: Names) -> str:
    return (
        f"\nThe service stands: src/edem/services/{names.service}. Next:\n"
        f"  1. write rules.py and its tests with the act's text open; then models, actions, queries, pages;\n"
        f"  2. give it its own title, verb and icon in manifest.py, and run ./edem messages;\n"
        f"  3. add “{names.service}” to a community's services and adopt its rules at the desk.\n"
        f"To take it away, delete its folder and its line in src/edem/config/services.py."
    )
