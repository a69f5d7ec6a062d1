"""The code as the house tests read it: files, syntax trees, templates, floors. Nothing is imported from it."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "edem"
SERVICES = PACKAGE / "services"
CODE = (PACKAGE, ROOT / "tools", ROOT / "simulators", ROOT / "tests")

FLOORS = {"kernel": 0, "ui": 1, "foundation": 2, "services": 3, "portals": 3, "config": 4}


@dataclass(frozen=True, kw_only=True)
class Module:
    path: Path

    @property
    def name(self) -> str:
        """As a person says it: src/edem/kernel/money.py."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        return read(self.path)

    @property
    def tree(self) -> ast.Module:
        return parsed(self.path)

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.relative_to(ROOT).parts or self.path.name == "conftest.py"


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(read(path), filename=str(path))


@cache
def modules() -> tuple[Module, ...]:
    """Every Python module of the house; migrations are history, not prose."""
    found = sorted({path for folder in CODE for path in folder.rglob("*.py")})
    return tuple(Module(path=path) for path in found if "migrations" not in path.parts)


def own_modules() -> Iterator[Module]:
    """The package itself, without its tests."""
    return (module for module in modules() if module.path.is_relative_to(PACKAGE) and not module.is_test)


@cache
def templates() -> tuple[Path, ...]:
    found = (path for path in PACKAGE.rglob("*") if path.suffix in {".html", ".txt"})
    return tuple(sorted(path for path in found if "templates" in path.parts and "tests" not in path.parts))


@cache
def static(suffix: str) -> tuple[Path, ...]:
    return tuple(sorted(path for path in PACKAGE.rglob(f"*{suffix}") if "static" in path.parts))


def called(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Room:
    """Where a package stands: edem.services.petitions.web → floor 3, part «services.petitions»."""

    floor: int
    part: str

    def may_look_at(self, other: "Room") -> bool:
        return self == other or other.floor < self.floor or (self.part == other.part)


def room_of_package(package: str) -> Room | None:
    """None for packages from elsewhere."""
    words = package.split(".")
    if words[0] != "edem" or len(words) < 2 or words[1] not in FLOORS:
        return None
    shared = words[1] in {"kernel", "ui", "config"}
    return Room(FLOORS[words[1]], words[1] if shared else ".".join(words[1:3]))


def room_of_file(path: Path) -> Room | None:
    return room_of_package(".".join(path.relative_to(PACKAGE.parent).parts))


def nothing(found: Iterable[object]) -> None:
    """Fail with every finding on its own line."""
    lines = [str(one) for one in found]
    assert not lines, "\n" + "\n".join(lines)
