"""Run the post office: `python -m simulators.mailbox --smtp-port 8025 --port 8026 --folder …`."""

import argparse
import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from granian.constants import Interfaces
from granian.server.embed import Server

from simulators.mailbox.app import create_app
from simulators.mailbox.letters import Mailbox


class Desk:
    """Takes every letter; aiosmtpd calls it by this name."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        content = envelope.content
        self.mailbox.put(
            content.encode() if isinstance(content, str) else content or b"", envelope.rcpt_tos, now=datetime.now(UTC)
        )
        return "250 taken"


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulators.mailbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--smtp-port", type=int, default=8025)
    parser.add_argument("--port", type=int, default=8026, help="where the letters are shown")
    parser.add_argument("--folder", type=Path, required=True)
    return parser.parse_args(arguments)


async def serve(options: argparse.Namespace) -> None:
    loop, mailbox = asyncio.get_running_loop(), Mailbox(options.folder)
    post = await loop.create_server(
        lambda: SMTP(Desk(mailbox), hostname="localhost", loop=loop, enable_SMTPUTF8=True),
        options.host,
        options.smtp_port,
    )
    web = Server(
        create_app(mailbox), address=options.host, port=options.port, interface=Interfaces.ASGI, log_enabled=False
    )
    with suppress(NotImplementedError):
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, web.stop)
    async with post:
        await web.serve()


if __name__ == "__main__":
    asyncio.run(serve(parse()))
    os._exit(0)  # the server's own threads may abort while the interpreter is being taken down
