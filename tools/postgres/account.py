"""PostgreSQL refuses to run as root. Here is decided who runs it instead, without making accounts."""

import os
import pwd
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who runs the server; `uid is None` means whoever runs the launcher."""

    uid: int | None = None
    gid: int | None = None

    @property
    def become(self) -> Callable[[], None] | None:
        """What a child does before it turns into PostgreSQL."""
        uid, gid = self.uid, self.gid
        if uid is None or gid is None:
            return None

        def drop() -> None:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)

        return drop

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """May this account walk down to the folder? Nobody's permissions are changed to make it so."""
        if self.uid is None:
            return True
        return all(self._may_enter(step) for step in (folder, *folder.parents))

    def _may_enter(self, folder: Path) -> bool:
        if not folder.exists():
            return True
        state = folder.stat()
        if state.st_uid == self.uid:
            return bool(state.st_mode & stat.S_IXUSR)
        if state.st_gid == self.gid:
            return bool(state.st_mode & stat.S_IXGRP)
        return bool(state.st_mode & stat.S_IXOTH)


def account_for(project: Path) -> Account:
    """Ourselves; for root the owner of the project's folder, and if root owns that too, `nobody`."""
    if os.geteuid() != 0:
        return Account()
    owner = project.stat().st_uid
    known = {entry.pw_uid: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    nobody = next((entry for entry in known.values() if entry.pw_name == "nobody"), None)
    chosen = known.get(owner) or nobody or max(known.values(), key=lambda entry: entry.pw_uid)
    return Account(uid=chosen.pw_uid, gid=chosen.pw_gid)
