"""Run the gateway: `python -m simulators.sms --port 8150 --key …`."""

import argparse
from collections.abc import Sequence

from simulators.serving import serve_alone, stand_parser
from simulators.sms.app import Stand, create_app


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = stand_parser("simulators.sms", __doc__, port=8150)
    parser.add_argument("--key", required=True, help="what the platform says in «Authorization: Bearer …»")
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    options = parse()
    stand = Stand(key=options.key, slow_seconds=options.slow_seconds)
    serve_alone(lambda _address: create_app(stand), host=options.host, port=options.port)
