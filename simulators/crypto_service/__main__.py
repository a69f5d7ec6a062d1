"""`python -m simulators.crypto_service --seed … serve --token …`, or as a program: `… certificate`, `… open`.

As a program it speaks by its pipes: the certificate on its output; an envelope on its input, the content on its output.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from simulators.crypto_service.app import Stand, create_app
from simulators.crypto_service.holder import CannotOpen, Holder
from simulators.serving import serve_alone

CANNOT_OPEN = 3


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulators.crypto_service", description=__doc__)
    parser.add_argument("--seed", required=True, help="the sandbox's: keys are made from it")
    verbs = parser.add_subparsers(dest="verb", required=True)
    serve = verbs.add_parser("serve")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8102, help="0 picks a free port and prints it")
    serve.add_argument("--token", required=True)
    serve.add_argument("--slow-seconds", type=float, default=30)
    verbs.add_parser("certificate")
    verbs.add_parser("open")
    verbs.add_parser("write-key").add_argument("file", type=Path)
    return parser.parse_args(arguments)


def main(options: argparse.Namespace) -> int:
    holder = Holder(seed=options.seed)
    match options.verb:
        case "serve":
            service = Stand(holder=holder, token=options.token, slow_seconds=options.slow_seconds)
            holder.issued  # noqa: B018 - the key is made before the port answers
            serve_alone(lambda _: create_app(service), host=options.host, port=options.port)
        case "write-key":
            holder.write_key(options.file)
        case "certificate":
            sys.stdout.buffer.write(holder.certificate)
        case "open":
            try:
                sys.stdout.buffer.write(holder.opened(sys.stdin.buffer.read()))
            except CannotOpen as why:
                sys.stderr.write(f"{why}\n")
                return CANNOT_OPEN
    return 0


if __name__ == "__main__":
    sys.exit(main(parse()))
