"""./edem bench signatures: accepted signatures per second through the real HTTP edge, beside pgbench in the same run."""

import argparse
import os
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import psycopg

from tests.load import ground, pgbench, report
from tests.load.load import Tally, put_load
from tests.load.serving import front_door, seconds_of_servers
from tests.load.visitors import CALLERS, page_request, visiting
from tools.demo.processes import web_workers
from tools.progress import step

TAKEN, ALREADY = 200, 409
MANY = 100


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
        prepared = ground.prepare(people=options.people, petitions=MANY + 3)
    warming, hot, visited, *many = prepared.petitions
    rounds = {
        "hot": Round(label="one hot petition", petitions=[hot], visitors=0),
        "hundred": Round(label="a hundred petitions", petitions=many, visitors=0),
        "visited": Round(label="one, while visitors read it", petitions=[visited], visitors=options.visitors),
    }
    before = inserts(database, prepared, options)
    with front_door(database, workers=options.workers) as port:
        put_load(port, signatures(port, [warming], prepared.passes), callers=options.callers, expected={TAKEN})
        ground.tell_the_planner(database)
        put_load(port, [page_request(port, visited)] * CALLERS, callers=CALLERS, expected={TAKEN})
        for each in rounds.values():
            with step(f"Signing: {each.label}"):
                each.sign(port, prepared.passes, options)
    with psycopg.connect(database) as own:
        for each in rounds.values():
            check(own, each)
    after = inserts(database, prepared, options)
    ground.drop_database()
    tell(rounds, options, before=before, after=after)


def tell(rounds: Mapping[str, "Round"], options: argparse.Namespace, *, before: float, after: float) -> None:
    tps = (before + after) / 2
    figures: dict[str, object] = {}
    for name, each in rounds.items():
        figures |= {f"{name}: {label}": figure for label, figure in each.figures().items()}
        figures[f"{name}: ratio"] = each.accepted / tps
    figures |= {
        "callers at once": options.callers,
        "server processes": options.workers,
        "pgbench single inserts per second": tps,
        "of them before": before,
        "and after": after,
        "ratio": min(each.accepted / tps for each in rounds.values()),
    }
    report.tell("signatures", figures)
    print(f"ratio {figures['ratio']:.2f}")


@dataclass(kw_only=True)
class Round:
    """Everybody signs, in no order, and some do it twice."""

    label: str
    petitions: Sequence[int]
    visitors: int
    """Pages of the petition that visitors read meanwhile, each second."""
    repeats: int = 0
    tally: Tally = field(default_factory=Tally)
    server: float = 0.0
    generator: float = 0.0
    read: int = 0

    @property
    def taken(self) -> int:
        return self.tally.statuses.get(TAKEN, 0)

    @property
    def accepted(self) -> float:
        return self.taken / self.tally.seconds

    def sign(self, port: int, passes: Sequence[str], options: argparse.Namespace) -> None:
        share = passes if len(self.petitions) == 1 else passes[: max(1, len(passes) // 20)]
        requests = signatures(port, self.petitions, share)
        self.repeats = len(requests) // 50
        chance = random.Random(2026)
        requests += chance.sample(requests, self.repeats)
        chance.shuffle(requests)
        busy, worked = time.process_time(), seconds_of_servers()
        with visiting(port, self.petitions[0], rate=self.visitors) as visitors:
            self.tally = put_load(port, requests, callers=options.callers, expected={TAKEN, ALREADY})
        self.server = seconds_of_servers() - worked
        self.generator, self.read = (time.process_time() - busy) / self.tally.seconds, visitors.read

    def figures(self) -> dict[str, object]:
        visited = {"pages read by visitors per second": self.read / self.tally.seconds} if self.visitors else {}
        return {
            "accepted per second": self.accepted,
            "accepted": self.taken,
            "refused as repeated": self.tally.statuses.get(ALREADY, 0),
            "answer, median ms": self.tally.percentile(0.5) * 1000,
            "answer, 99 % ms": self.tally.percentile(0.99) * 1000,
            "server, µs of CPU each": self.server / self.tally.answered * 1e6,
            "load generator, % of a core": self.generator * 100,
            **visited,
        }


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./edem bench signatures")
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument(
        "--visitors", type=int, default=200, help="pages a second that visitors read, in the last round"
    )
    parser.add_argument(
        "--callers",
        type=int,
        default=1_024,
        help="connections with one open question each: people who press the button at once",
    )
    parser.add_argument("--workers", type=int, default=web_workers(), help="server processes")
    parser.add_argument("--seconds", type=int, default=6, help="of pgbench, before and again after")
    parser.add_argument("--clients", type=int, default=32, help="of pgbench")
    return parser.parse_args(arguments)


def inserts(database: str, prepared: ground.Ground, options: argparse.Namespace) -> float:
    with step("pgbench: single-row inserts into the same table"):
        return pgbench.single_inserts(
            database,
            community_id=prepared.community_id,
            petitions=MANY,
            clients=options.clients,
            seconds=options.seconds,
        )


def signatures(port: int, petitions: Sequence[int], passes: Sequence[str]) -> list[bytes]:
    """As a browser's fetch sends them from the petition's page."""
    return [_request(port, petition, sealed) for petition in petitions for sealed in passes]


def _request(port: int, petition: int, sealed: str) -> bytes:
    body = f'{{"petition":{petition},"agree":true}}'
    lines = (
        f"POST /{ground.SLUG}/acts/petitions.signature HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Accept: application/json",
        "Accept-Language: uk,en;q=0.7",
        "Accept-Encoding: gzip, deflate, br",
        "Content-Type: application/json",
        f"Origin: http://127.0.0.1:{port}",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Mode: cors",
        f"Cookie: django_language=uk; edem_pass={sealed}",
        f"Content-Length: {len(body)}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def check(own: psycopg.Connection, done: Round) -> None:
    """Every acknowledged signature is there, nothing else is, and each counter equals its rows and its tallies."""
    unexpected = set(done.tally.statuses) - {TAKEN, ALREADY}
    if unexpected:
        raise SystemExit(f"Unexpected answers {done.tally.statuses}: {done.tally.failures}")
    rows, people = _one(own, "SELECT count(*), count(DISTINCT (petition_id, mark)) FROM petitions_signature "
                             "WHERE petition_id = ANY(%s)", done.petitions)  # fmt: skip
    counted = _one(own, "SELECT sum(signature_count) FROM petitions_petition WHERE id = ANY(%s)", done.petitions)[0]
    tallied = _one(own, "SELECT sum(count) FROM petitions_signaturetally WHERE petition_id = ANY(%s)", done.petitions)[
        0
    ]
    wrong = _one(own, "SELECT count(*) FROM petitions_petition AS p WHERE id = ANY(%s) AND "
                      "(signature_count, last_ordinal) <> (SELECT count(*), max(ordinal) "
                      "FROM petitions_signature AS s WHERE s.petition_id = p.id)", done.petitions)[0]  # fmt: skip
    again = done.tally.statuses.get(ALREADY, 0)
    if not (rows == people == counted == tallied == done.taken and wrong == 0 and again == done.repeats):
        raise SystemExit(f"Wrong: {rows=} {people=} {counted=} {tallied=} {done.taken=} {again=} {wrong=}")
    print(f"  checked: {rows} rows, {done.taken} acknowledged, counters equal rows and tallies, nobody twice")


def _one(own: psycopg.Connection, question: str, petitions: Sequence[int]) -> tuple[int, ...]:
    found = own.execute(question, [list(petitions)]).fetchone()
    assert found is not None
    return found


if __name__ == "__main__":
    main()
