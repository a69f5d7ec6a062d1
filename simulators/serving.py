"""Serves one stand's application until it is asked to stop; says its address first."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

from tools.ports import free_port


def stand_parser(program: str, description: str | None, *, port: int) -> argparse.ArgumentParser:
    """What every stand asks alike; each adds what is its own."""
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=port, help="0 picks a free port and prints it")
    return parser


def serve_alone(made: Callable[[str], Starlette], *, host: str, port: int) -> None:
    """`made` gets the stand's own address: certificates that it issues name it."""
    logging.basicConfig(level=logging.WARNING)
    port = port or free_port()
    address = f"http://{host}:{port}"
    asyncio.run(_serve(made(address), host=host, port=port, address=address))
    os._exit(0)  # the server's own threads may abort while the interpreter is being taken down


async def _serve(app: Starlette, *, host: str, port: int, address: str) -> None:
    # A crowd knocks in one moment: with the usual backlog of 128 the others would hear nobody.
    server = Server(
        app, address=host, port=port, interface=Interfaces.ASGI, backlog=4096, backpressure=8192, log_enabled=False
    )
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C works there by itself
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, server.stop)
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    await server.serve()
