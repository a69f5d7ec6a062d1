"""What the person says to `backup` and `restore`; the work runs inside the environment."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from tools.installation import installation
from tools.programs import let_run, python


def backup(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./edem backup")
    parser.add_argument("file", type=Path, help="where to write; with {time} in its name, the moment stands there")
    parser.add_argument("--keep", type=int, default=0, help="of the files with such a name leave only the newest N")
    options = parser.parse_args(arguments)
    keeping = [f"--keep={options.keep}"] if options.keep else []
    return let_run(python("-m", "tools.backup.taking", *keeping, str(options.file.absolute())), installation())


def restore(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./edem restore")
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="put it in the place of what the database holds now")
    options = parser.parse_args(arguments)
    replacing = ["--replace"] if options.replace else []
    return let_run(python("-m", "tools.backup.returning", *replacing, str(options.file.absolute())), installation())
