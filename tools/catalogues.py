"""Compiles the translations with Babel: a fresh machine has no gettext."""

from pathlib import Path

from tools.places import CATALOGUES
from tools.programs import must_run, python, surroundings
from tools.progress import step


def stale() -> list[Path]:
    """Catalogues that are newer than what was compiled from them."""
    return [po for po in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")) if not is_compiled(po)]


def is_compiled(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime


def compile_stale() -> None:
    for po in stale():
        with step(f"Compiling the translations, {po.parent.parent.name}"):
            must_run(
                python("-m", "babel.messages.frontend", "compile", f"--input-file={po}",
                       f"--output-file={po.with_suffix('.mo')}", f"--locale={po.parent.parent.name}"),
                surroundings(),
                failing=f"{po.name} does not compile; mend the lines named above.",
            )  # fmt: skip
