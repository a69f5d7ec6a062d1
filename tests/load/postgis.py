"""Debian's PostgreSQL with PostGIS, for one comparison: a server of its own in a temporary folder, gone afterwards."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg

from tools.ports import free_port

if TYPE_CHECKING:
    from tests.load.reports_multitude import City

HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
ZOOMS = (10, 12, 14, 16, 17)
TIMES = 7
_TILE = """
SELECT ST_AsMVT(tile, 'reports') FROM (
  SELECT ST_AsMVTGeom(place, ST_TileEnvelope(%(z)s, %(x)s, %(y)s)) AS geom, id, state FROM point
   WHERE place && ST_TileEnvelope(%(z)s, %(x)s, %(y)s)
) AS tile
"""


def is_here() -> bool:
    return home() is not None


def home() -> Path | None:
    """The programs of a server that has the extension."""
    for each in HOMES:
        if Path(f"/usr/share/postgresql/{each.parent.name}/extension/postgis.control").exists():
            return each
    return None


def compared(city: "City") -> Mapping[str, tuple[float, float]]:
    """Tile → milliseconds of ours and of theirs: both cold of any tile cache, both with the data in memory."""
    from edem.foundation.communities.models import Community
    from edem.kernel.geo.cells import tile_of
    from edem.kernel.geo.points import Point
    from edem.services.reports.queries import tiles
    from edem.services.reports.queries.lists import Group, Wanted
    from edem.services.reports.queries.tiles import tile_of as tile_made
    from tests.load.reports_multitude import CENTRE

    community = Community.objects.get(pk=city.community_id)
    pairs = {}
    with server() as theirs:
        copy_points(city, theirs)
        for z in ZOOMS:
            x, y = tile_of(Point(*CENTRE), z)
            ours = best(partial(tile_made, community, Wanted(group=Group.ALL), z=z, x=x, y=y))
            made = best(partial(asked, theirs, _TILE, z=z, x=x, y=y))
            pairs[f"tile of zoom {z}"] = (ours, made)
        columns = best(partial(tiles.columns_of, community, Wanted(group=Group.OPEN)))
        made = best(partial(asked, theirs, _TILE.replace("FROM point", "FROM point_open"), z=0, x=0, y=0))
        pairs["the open ones as columns"] = (columns, made)
    return pairs


def asked(theirs: "psycopg.Connection", sql: str, *, z: int, x: int, y: int) -> object:
    return theirs.execute(sql, {"z": z, "x": x, "y": y}).fetchone()


def best(ask: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return min(taken) * 1000


def copy_points(city: "City", theirs: "psycopg.Connection") -> None:
    from django.db import connection

    theirs.execute("CREATE EXTENSION postgis")
    theirs.execute("CREATE TABLE raw (id bigint, state text, lat float8, lon float8)")
    placed_here = f"FROM reports_report WHERE community_id = {city.community_id:d} AND cell IS NOT NULL"
    wanted = f"COPY (SELECT id, state, lat, lon {placed_here}) TO STDOUT"
    with connection.cursor() as ours, ours.copy(wanted) as out, theirs.cursor() as cursor:
        with cursor.copy("COPY raw FROM STDIN") as into:
            for piece in out:
                into.write(piece)
    placed = "ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857)"
    theirs.execute(f"CREATE TABLE point AS SELECT id, state, {placed} AS place FROM raw")  # noqa: S608 - our own words
    theirs.execute("CREATE TABLE point_open AS SELECT * FROM point WHERE state IN ('open', 'reopened')")
    for table in ("point", "point_open"):
        theirs.execute(f"CREATE INDEX ON {table} USING gist (place)")
        theirs.execute(f"VACUUM ANALYZE {table}")


def run(command: list[str], folder: str) -> None:
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


@contextmanager
def server() -> Iterator["psycopg.Connection"]:
    """PostgreSQL refuses to run as root: there it runs as nobody."""
    programs = home()
    assert programs is not None
    drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if drop:
            shutil.chown(folder, "nobody", "nogroup")
        run([*drop, str(programs / "initdb"), "-D", str(data), "-U", "edem", "-A", "trust"], folder)
        port = free_port()
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        control = [*drop, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        run(
            [*control, "-o", f"{settings} -c shared_buffers=512MB -c fsync=off", "-l", f"{folder}/log", "start"], folder
        )
        try:
            with psycopg.connect(f"postgresql://edem@127.0.0.1:{port}/postgres", autocommit=True) as connection:
                yield connection
        finally:
            run([*control, "-m", "immediate", "stop"], folder)
