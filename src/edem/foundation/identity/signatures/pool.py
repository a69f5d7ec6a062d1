"""Workers that check signatures: a few processes, a short queue, a deadline. A page computes no signature itself."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Any, Final

from edem.foundation.identity.signatures.working import Broken, Done, Job, NotReadable, serve
from edem.kernel.errors import Unavailable

WAITING: Final = 1
"""How many may wait for each worker; one more is told so at once. Each holds one of the few threads that make pages."""
PATIENCE_SECONDS: Final = 30.0

_LOG = logging.getLogger(__name__)
# A fork would copy the server's threads, its locks and its database connections.
_SPAWN = get_context("spawn")


class WorkerFault(RuntimeError):
    """A bug in the checking itself, with the story that the worker told."""


@dataclass(frozen=True)
class Worker:
    process: SpawnProcess
    connection: Connection

    @classmethod
    def started(cls) -> "Worker":
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=serve, args=(theirs,), name="signatures", daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


@dataclass(kw_only=True)
class Pool:
    size: int = 2
    waiting: int = WAITING
    patience_seconds: float = PATIENCE_SECONDS
    _idle: "SimpleQueue[Worker | None]" = field(default_factory=SimpleQueue)
    _places: threading.BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = threading.BoundedSemaphore(self.size * (1 + self.waiting))
        self._turns = threading.BoundedSemaphore(self.size)
        for _ in range(self.size):
            self._idle.put(None)

    def ask(self, job: Job) -> Any:
        """What the work gave. A file that cannot be read raises Unreadable; a full queue and a late answer refuse."""
        with self._place(), self._turn():
            worker = self._idle.get()
            try:
                worker = worker or Worker.started()
                answer = self._answer(worker, job)
            except BaseException:
                # Whatever happened, this worker may still be busy with the job: the next asker gets a fresh one.
                if worker is not None:
                    worker.stop()
                self._idle.put(None)
                raise
            self._idle.put(worker)
        return _result(answer)

    def close(self) -> None:
        """For tests: without it the workers end together with their parent."""
        for _ in range(self.size):
            worker = self._idle.get()
            if worker is not None:
                worker.stop()
            self._idle.put(None)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Unavailable("identity.signatures_busy")
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self.patience_seconds):
            raise Unavailable("identity.signatures_busy")
        try:
            yield
        finally:
            self._turns.release()

    def _answer(self, worker: Worker, job: Job) -> Done | NotReadable | Broken:
        try:
            worker.connection.send(job)
            if not worker.connection.poll(self.patience_seconds):
                raise Unavailable("identity.signature_takes_too_long")
            answer: Done | NotReadable | Broken = worker.connection.recv()
        except (EOFError, OSError) as ended:
            # Killed by the system for its memory, most likely: then by this very file.
            _LOG.warning("A worker for signatures has ended by itself.")
            raise Unavailable("identity.signature_takes_too_long") from ended
        return answer


def _result(answer: Done | NotReadable | Broken) -> Any:
    if isinstance(answer, NotReadable):
        raise answer.fault
    if isinstance(answer, Broken):
        raise WorkerFault(answer.story)
    return answer.result
