"""Run the gateway: `python -m simulators.sms --port 8150 --key …`."""

import argparse
from collections.abc import Sequence

from simulators.serving import serve_alone
from simulators.sms.app import Stand, create_app


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulators.sms", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8150, help="0 picks a free port and prints it")
    parser.add_argument("--key", required=True, help="what the platform says in «Authorization: Bearer …»")
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    options = parse()
    stand = Stand(key=options.key, slow_seconds=options.slow_seconds)
    serve_alone(lambda _address: create_app(stand), host=options.host, port=options.port)
