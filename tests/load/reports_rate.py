"""./edem bench reports_rate: reports with photos from phones, two hundred a second for a minute through the real HTTP
edge; every acknowledged one is there once with its photo; jobs make the reports and draw the photos afterwards.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID, uuid4

import psycopg

from tests.load import ground, report
from tests.load.posting import Pieces, Posted, post_at_rate, post_for
from tests.load.reports_ground import plain_step, prepare, the_photo
from tests.load.serving import front_door, seconds_of_servers, stop, wait_for_port
from tools.places import ROOT
from tools.ports import free_port
from tools.programs import django, python
from tools.progress import step

LINE = "----WebKitFormBoundaryReportsRate"
SEALING = 28
"""Bytes that a sealed file is longer than what it holds: a nonce and a tag."""


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    folder = Path(mkdtemp(prefix="edem-rate-", dir=options.folder))
    os.environ["EDEM_MEDIA_DIR"] = str(folder)
    try:
        measure(options, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(options: argparse.Namespace, folder: Path) -> None:
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django as framework

        framework.setup()
        passes = prepare(options.people)
    photo = the_photo()
    figures: dict[str, object] = {"photo, KB": len(photo) / 1024, "connections": options.connections}
    figures |= plain_step(photo)
    with receiving(folder) as port, step("A server that only lays uploads on the disk"):
        bare = post_for(port, Sender(port, passes, photo), seconds=options.closed, connections=options.connections)
    with front_door(database, workers=options.workers) as port:
        post_for(port, Sender(port, passes, photo), seconds=2, connections=options.connections)
        ground.tell_the_planner(database)
        with step("As many as it takes"):
            most = post_for(port, Sender(port, passes, photo), seconds=options.closed, connections=options.connections)
        sender, worked, busy = Sender(port, passes, photo), seconds_of_servers(), time.process_time()
        with step(f"{options.rate} a second for {options.seconds} seconds"):
            steady = post_at_rate(
                port,
                sender,
                number=options.rate * options.seconds,
                per_second=options.rate,
                connections=options.connections,
            )
        figures |= told(steady, server=seconds_of_servers() - worked, generator=time.process_time() - busy)
    check_taken(database, folder, sender, steady, size=len(photo))
    figures |= finish(database, options)
    figures |= {
        "as many as it takes, per second": len(most.taken) / most.seconds,
        "a bare receiver, per second": len(bare.taken) / bare.seconds,
        "ratio": (len(most.taken) / most.seconds) / (len(bare.taken) / bare.seconds),
    }
    ground.drop_database()
    report.tell("reports_rate", figures)
    print(f"ratio {figures['ratio']:.2f} reports taken in / uploads laid on the disk")


def told(steady: Posted, *, server: float, generator: float) -> dict[str, object]:
    return {
        "acknowledged": len(steady.taken),
        "acknowledged per second": len(steady.taken) / steady.seconds,
        "refused or told to come again": sum(steady.statuses.values()) - len(steady.taken),
        "answer, median ms": steady.percentile(0.5) * 1000,
        "answer, 99 % ms": steady.percentile(0.99) * 1000,
        "answer, last ms": steady.percentile(1) * 1000,
        "server, ms of CPU each": server / max(1, len(steady.taken)) * 1000,
        "load generator, % of a core": generator / steady.seconds * 100,
    }


class Sender:
    """One report a number, each with a number of its own that the phone made, from a thousand people in turn."""

    def __init__(self, port: int, passes: Sequence[str], photo: bytes) -> None:
        self.port, self.passes, self.photo = port, passes, memoryview(photo)
        self.ids: dict[int, UUID] = {}

    def __call__(self, number: int) -> Pieces:
        self.ids[number] = known = uuid4()
        fields = {"client_uuid": str(known), "text": f"Яма на дорозі біля будинку {number}", "categories": "3.8"}
        fields |= {
            "lat": f"{50.25 + number % 997 * 1e-5:.6f}",
            "lon": "28.6587",
            "accuracy_m": "12",
            "placed_by": "device",
        }
        before = "".join(
            f'--{LINE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        before += f'--{LINE}\r\nContent-Disposition: form-data; name="photos"; filename="яма.jpg"\r\n'
        head = (before + "Content-Type: image/jpeg\r\n\r\n").encode()
        tail = f"\r\n--{LINE}--\r\n".encode()
        size = len(head) + len(self.photo) + len(tail)
        lines = (
            f"POST /{ground.SLUG}/acts/reports.parcel HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: application/json",
            f"Content-Type: multipart/form-data; boundary={LINE}",
            "Sec-Fetch-Site: same-origin",
            f"Cookie: django_language=uk; edem_pass={self.passes[number % len(self.passes)]}",
            f"Content-Length: {size}",
        )
        return (("\r\n".join(lines) + "\r\n\r\n").encode() + head, self.photo, tail)


@contextmanager
def receiving(folder: Path) -> Iterator[int]:
    (folder / "bare").mkdir()
    port = free_port()
    command = python(
        "-m", "granian", "--interface", "asgi", "--host=127.0.0.1", f"--port={port}", "--workers=2", "--no-ws",
        "--http=1", "tests.load.receiving:application",
    )  # fmt: skip
    surroundings = {**os.environ, "RECEIVING_FOLDER": str(folder / "bare")}
    process = subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield wait_for_port(port, process)
    finally:
        stop(process)
        shutil.rmtree(folder / "bare")


def check_taken(database: str, folder: Path, sender: Sender, steady: Posted, *, size: int) -> None:
    """Every acknowledged report is there once with its whole photo, and nothing that was not acknowledged is."""
    if set(steady.statuses) - {200, 503}:
        raise SystemExit(f"Unexpected answers {steady.statuses}: {steady.failures}")
    expected = {sender.ids[number] for number in steady.taken}
    with psycopg.connect(database) as own:
        rows = own.execute(
            "SELECT p.id, f.place, f.size FROM reports_parcel AS p "
            "JOIN files_storedfile AS f ON f.id = (p.shots->0->>'file')::uuid WHERE p.id = ANY(%s)",
            [list(sender.ids.values())],
        ).fetchall()
    found = {parcel_id for parcel_id, _, _ in rows}
    lying = sum((folder / place).stat().st_size == size + SEALING == told + SEALING for _, place, told in rows)
    if not (found == expected and len(rows) == lying == len(expected)):
        raise SystemExit(f"Wrong: {len(expected)} acknowledged, {len(found)} there, {lying} with their photos")
    print(f"  checked: {len(expected)} acknowledged, each there once with its whole photo")


def finish(database: str, options: argparse.Namespace) -> dict[str, object]:
    """Jobs follow at their own pace: how fast, and that nothing is lost on that way either."""
    with psycopg.connect(database, autocommit=True) as own:
        ours = keep_some(own, options.finish)
        began = time.perf_counter()
        with step(f"The jobs of {len(ours)} reports"), worker(database):
            while left(own, ours) and time.perf_counter() - began < options.patience:
                time.sleep(0.2)
        seconds = time.perf_counter() - began
        made = own.execute(f"SELECT count(*), count(DISTINCT r.id), count(DISTINCT r.client_uuid) {SHOWN}", [ours])
        found = made.fetchone()
    if found != (len(ours),) * 3:
        raise SystemExit(f"Wrong: of {len(ours)} parcels became photos, reports and numbers: {found}")
    print(f"  checked: {len(ours)} reports, each once, each with its photo drawn and shown")
    return {"reports finished by one worker, per second": len(ours) / seconds}


SHOWN = """
  FROM reports_report AS r
  JOIN reports_photo AS p ON p.report_id = r.id
  JOIN files_storedfile AS f ON f.id = p.file_id
 WHERE r.client_uuid = ANY(%s) AND NOT p.hidden AND f.drawing = '' AND f.is_public AND f.small_place <> ''
"""


def keep_some(own: psycopg.Connection, number: int) -> list[UUID]:
    """The first of them; whoever measures does not wait for the drawing of twelve thousand photos."""
    own.execute(
        "DELETE FROM reports_parcel WHERE id NOT IN (SELECT id FROM reports_parcel ORDER BY arrived_at LIMIT %s)",
        [number],
    )
    return [row[0] for row in own.execute("SELECT id FROM reports_parcel ORDER BY id").fetchall()]


def left(own: psycopg.Connection, ours: Sequence[UUID]) -> int:
    shown = own.execute(f"SELECT count(*) {SHOWN}", [list(ours)]).fetchone()
    return len(ours) - (shown[0] if shown else 0)


@contextmanager
def worker(database: str) -> Iterator[None]:
    process = subprocess.Popen(
        django("work"),
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        stop(process)


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./edem bench reports_rate")
    parser.add_argument("--rate", type=int, default=200, help="reports a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--closed", type=int, default=10, help="seconds of as many as it takes")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--finish", type=int, default=300, help="reports whose jobs are run and looked at afterwards")
    parser.add_argument("--patience", type=int, default=240, help="seconds that these jobs may take")
    parser.add_argument("--folder", default=None, help="where the uploads lie meanwhile; about 0.6 MB each")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
