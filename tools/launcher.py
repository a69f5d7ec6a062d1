"""From the words after `./edem` to the command that does it."""

from collections.abc import Sequence

from tools.commands import COMMANDS
from tools.progress import say
from tools.stops import Stopped, ended


def run(arguments: Sequence[str]) -> int:
    try:
        return ended(dispatch, arguments)
    except KeyboardInterrupt:
        return 130


def dispatch(arguments: Sequence[str]) -> int:
    name, *rest = arguments or ["help"]
    if name in {"help", "--help", "-h"}:
        return show_help()
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        raise Stopped(f"There is no command “{name}”. ./edem help lists them all.")
    return command.run(rest)


def show_help() -> int:
    width = max(len(command.words) for command in COMMANDS) + 2
    say("e-DEM: open electronic democracy for Ukrainian communities\n")
    for command in COMMANDS:
        say(f"  ./edem {command.words:<{width}}{command.line}")
    say(f"  ./edem {'help':<{width}}this list")
    say("\nStart with: ./edem demo")
    return 0
