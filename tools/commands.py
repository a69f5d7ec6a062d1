"""Every command of the launcher, each with its line of help. The one table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.backup.command import backup, restore
from tools.checks.run import check, fix
from tools.demo.run import demo
from tools.everyday import bench, bring_in, check_deploy, manage, messages, migrate, serve, setup, worker
from tools.new_service.write import new_service
from tools.postgres.command import postgres_command
from tools.signatures.command import verify_signature
from tools.testing import test

Run = Callable[[Sequence[str]], int]


@dataclass(frozen=True, kw_only=True)
class Command:
    words: str
    line: str
    run: Run

    @property
    def name(self) -> str:
        return self.words.partition(" ")[0]


COMMANDS = (
    Command(
        words="demo [--port N] [--fresh]",
        line="start everything with a living sample community; Ctrl-C stops it, data are kept",
        run=demo,
    ),
    Command(
        words="test [--full] [pytest …]",
        line="run the tests; --full adds the long ones: faults, load, outside programs, sweeps",
        run=test,
    ),
    Command(words="check [NAME …]", line="format, lint, types, imports, house rules, migrations, locks", run=check),
    Command(words="fix", line="format and mend what ruff can mend by itself", run=fix),
    Command(words="bench [NAME]", line="measure; without a name say what can be measured", run=bench),
    Command(words="new-service NAME", line="write the skeleton of a new service", run=new_service),
    Command(
        words="import WHAT FILE", line="load official or foreign files: katottg, communities, petitions …", run=bring_in
    ),
    Command(words="messages", line="gather marked strings into the catalogues; say what lacks words", run=messages),
    Command(
        words="verify-signature FILE… [--content FILE] [--trust DIR]",
        line="check signatures (КЕП) offline: 0 good, 1 not valid, 2 unreadable, 3 good but its root is not trusted",
        run=verify_signature,
    ),
    Command(words="manage …", line="Django's own commands", run=manage),
    Command(words="serve [--host H] [--port N] [--workers N]", line="serve the site alone", run=serve),
    Command(words="worker", line="run the jobs alone: deadlines, mail, reactions", run=worker),
    Command(words="migrate", line="bring the database up to date beside a running site, giving way to it", run=migrate),
    Command(
        words="backup [--keep N] FILE",
        line="write the database and the uploaded files into one file; never the keys",
        run=backup,
    ),
    Command(words="restore [--replace] FILE", line="put a backup into an empty database", run=restore),
    Command(words="check-deploy", line="say whether this environment is fit for real residents", run=check_deploy),
    Command(words="postgres start|stop|status|url", line="the embedded PostgreSQL", run=postgres_command),
    Command(
        words="setup [--production]",
        line="make .venv and node_modules from the lock files, and nothing more",
        run=setup,
    ),
)
