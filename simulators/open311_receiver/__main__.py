"""Run the server: `python -m simulators.open311_receiver --port 8160 --key …`."""

import argparse
from collections.abc import Sequence

from simulators.open311_receiver.app import Stand, create_app
from simulators.open311_receiver.requests import Office
from simulators.serving import serve_alone, stand_parser


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = stand_parser("simulators.open311_receiver", __doc__, port=8160)
    parser.add_argument("--key", required=True, help="the api_key that the platform brings")
    parser.add_argument("--prefix", default="KP", help="what its numbers begin with")
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    options = parse()
    stand = Stand(key=options.key, slow_seconds=options.slow_seconds, office=Office(prefix=options.prefix))
    serve_alone(lambda _address: create_app(stand), host=options.host, port=options.port)
