"""What the same server does with single-row inserts into the same table: the wheel's pgbench, as it is meant to be run."""

import os
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import psycopg

from tools import postgres

SCRIPT = """\\set petition random(1, {petitions})
INSERT INTO bench_single (community_id, petition_id, mark, key_version, person_id, public_name, assurance, channel,
                          settlement_code, signed_at, ordinal)
VALUES ({community}, :petition, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 1, gen_random_uuid(),
        'Ткачук Ольга', 'bank_id', 'online', 'UA99010000000000001', now(), nextval('bench_place')::int);
"""


def single_inserts(database: str, *, community_id: int, petitions: int, clients: int, seconds: int) -> float:
    """Transactions per second, each one row and one commit, prepared statements, no think time."""
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("DROP TABLE IF EXISTS bench_single")
        own.execute("CREATE TABLE bench_single (LIKE petitions_signature INCLUDING ALL)")
        own.execute("DROP SEQUENCE IF EXISTS bench_place")
        own.execute("CREATE SEQUENCE bench_place")
        own.execute("ALTER TABLE bench_single ADD FOREIGN KEY (community_id) REFERENCES communities_community")
    with TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text(SCRIPT.format(petitions=petitions, community=community_id), encoding="utf-8")
        said = subprocess.run(
            [postgres.programs() / "pgbench", "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=2",
             f"--time={seconds}", f"--file={script}"],
            env=_surroundings(database), capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", said)
    assert found, said
    return float(found[1])


def _surroundings(database: str) -> dict[str, str]:
    parts = urlsplit(database)
    return {
        **os.environ,
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
    }
