"""./edem bench signatures: accepted signatures per second through the real HTTP edge, beside pgbench in the same run."""

import argparse
import os
import random
import time
from collections.abc import Sequence

import psycopg

from tests.load import ground, pgbench, report
from tests.load.load import Tally, put_load
from tests.load.serving import front_door
from tools.progress import step

TAKEN, ALREADY = 200, 409


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
        prepared = ground.prepare(people=options.people, petitions=options.petitions + 1)
    warming, *petitions = prepared.petitions
    repeats = options.people // 50
    pgbench_before = inserts(database, prepared, options)
    with front_door(database, workers=options.workers) as port:
        put_load(port, signatures(port, [warming], prepared.passes), callers=options.callers, expected={TAKEN})
        with step(f"Signing: {len(petitions)} petitions, {options.people} people"):
            tally, generator = signed(port, petitions, prepared.passes, callers=options.callers, repeats=repeats)
    with psycopg.connect(database) as own:
        check(own, tally, petitions, repeats=repeats)
    pgbench_after = inserts(database, prepared, options)
    ground.drop_database()
    tps = (pgbench_before + pgbench_after) / 2
    accepted = tally.statuses[TAKEN] / tally.seconds
    report.tell(
        "signatures",
        {
            "accepted per second": accepted,
            "accepted": tally.statuses[TAKEN],
            "refused as repeated": tally.statuses.get(ALREADY, 0),
            "seconds": tally.seconds,
            "answer, median ms": tally.percentile(0.5) * 1000,
            "answer, 99 % ms": tally.percentile(0.99) * 1000,
            "callers at once": options.callers,
            "server processes": options.workers,
            "load generator, % of a core": generator * 100,
            "pgbench single inserts per second": tps,
            "of them before": pgbench_before,
            "and after": pgbench_after,
            "ratio": accepted / tps,
        },
    )
    print(f"ratio {accepted / tps:.2f}")


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./edem bench signatures")
    parser.add_argument("--people", type=int, default=3_000)
    parser.add_argument("--petitions", type=int, default=12)
    parser.add_argument("--callers", type=int, default=256, help="connections with one open question each")
    parser.add_argument("--workers", type=int, default=1, help="server processes")
    parser.add_argument("--seconds", type=int, default=6, help="of pgbench, before and again after")
    parser.add_argument("--clients", type=int, default=32, help="of pgbench")
    return parser.parse_args(arguments)


def inserts(database: str, prepared: ground.Ground, options: argparse.Namespace) -> float:
    with step("pgbench: single-row inserts into the same table"):
        return pgbench.single_inserts(
            database,
            community_id=prepared.community_id,
            petitions=options.petitions,
            clients=options.clients,
            seconds=options.seconds,
        )


def signed(
    port: int, petitions: Sequence[int], passes: Sequence[str], *, callers: int, repeats: int
) -> tuple[Tally, float]:
    """Everybody signs everything, in no order, and some do it twice; also how busy the generator was."""
    requests = signatures(port, petitions, passes)
    chance = random.Random(2026)
    requests += chance.sample(requests, repeats)
    chance.shuffle(requests)
    busy = time.process_time()
    tally = put_load(port, requests, callers=callers, expected={TAKEN, ALREADY})
    return tally, (time.process_time() - busy) / tally.seconds


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


def check(own: psycopg.Connection, tally: Tally, petitions: Sequence[int], *, repeats: int) -> None:
    """Every acknowledged signature is there, nothing else is, and each counter equals its rows."""
    unexpected = set(tally.statuses) - {TAKEN, ALREADY}
    if unexpected:
        raise SystemExit(f"Unexpected answers {tally.statuses}: {tally.failures}")
    rows, people = _one(own, "SELECT count(*), count(DISTINCT (petition_id, mark)) FROM petitions_signature "
                             "WHERE petition_id = ANY(%s)", petitions)  # fmt: skip
    counted = _one(own, "SELECT sum(signature_count) FROM petitions_petition WHERE id = ANY(%s)", petitions)[0]
    wrong = _one(own, "SELECT count(*) FROM petitions_petition AS p WHERE id = ANY(%s) AND signature_count <> "
                      "(SELECT count(*) FROM petitions_signature AS s WHERE s.petition_id = p.id)", petitions)[0]  # fmt: skip
    taken, again = tally.statuses[TAKEN], tally.statuses.get(ALREADY, 0)
    if not (rows == people == counted == taken and wrong == 0 and again == repeats):
        raise SystemExit(f"Wrong: {rows=} {people=} {counted=} {taken=} {again=} {repeats=} {wrong=}")
    print(f"  checked: {rows} rows, {taken} acknowledged, counters equal rows, nobody twice")


def _one(own: psycopg.Connection, question: str, petitions: Sequence[int]) -> tuple[int, ...]:
    found = own.execute(question, [list(petitions)]).fetchone()
    assert found is not None
    return found


if __name__ == "__main__":
    main()
