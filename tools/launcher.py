"""From the words after `./edem` to the command that does it."""

import sys
from collections.abc import Sequence

from tools.commands import COMMANDS
from tools.progress import say
from tools.stops import Stopped, sentence_for


def run(arguments: Sequence[str]) -> int:
    try:
        return dispatch(arguments)
    except Stopped as stop:
        return give_up(stop.sentence, last_lines=stop.last_lines)
    except OSError as error:
        return give_up(sentence_for(error))
    except KeyboardInterrupt:
        return 130


def give_up(sentence: str, *, last_lines: str = "") -> int:
    for words in filter(None, (last_lines, sentence)):
        print(words, file=sys.stderr)
    return 1


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
