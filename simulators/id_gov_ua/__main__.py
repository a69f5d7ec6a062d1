"""Run the stand: `python -m simulators.id_gov_ua --port 8100 --client-id … --client-secret …`."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from simulators.id_gov_ua.app import create_app
from simulators.id_gov_ua.fictional import fictional_residents
from simulators.id_gov_ua.residents import load_residents
from simulators.id_gov_ua.stand import Settings, Stand
from simulators.serving import serve_alone, stand_parser


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = stand_parser("simulators.id_gov_ua", __doc__, port=8100)
    parser.add_argument("--people", type=Path, help="JSON list of the sample community's people")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--client-secret", required=True)
    parser.add_argument("--redirect-host", action="append", default=[], help="a host it may send people back to")
    parser.add_argument("--reusable-tokens", action="store_true", help="a token may be used more than once")
    parser.add_argument("--code-seconds", type=float, default=60)
    parser.add_argument("--seed", default="sandbox", help="the sender's key for encrypted answers is made from it")
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


def stand_for(options: argparse.Namespace) -> Stand:
    settings = Settings(
        client_id=options.client_id,
        client_secret=options.client_secret,
        single_use_tokens=not options.reusable_tokens,
        code_seconds=options.code_seconds,
        slow_seconds=options.slow_seconds,
        redirect_hosts=tuple(options.redirect_host),
    )
    today = datetime.now(UTC).date()
    people = load_residents(options.people) if options.people else fictional_residents(today)
    return Stand(settings, people, seed=options.seed)


if __name__ == "__main__":
    given = parse()
    serve_alone(lambda _: create_app(stand_for(given)), host=given.host, port=given.port)
