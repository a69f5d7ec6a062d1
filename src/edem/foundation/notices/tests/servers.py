"""Mail servers for the tests: each listens on a real port and behaves in its own way."""
# ruff: noqa: ARG002, N802 - aiosmtpd calls its hooks by these names, with these arguments

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from aiosmtpd.smtp import SMTP


class Accepting:
    """Takes everything, as a good neighbour does."""

    def __init__(self):
        self.letters = []
        self.sessions = 0
        self.greeted_by = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.sessions += 1
        self.greeted_by = hostname
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return "250 taken"


class Refusing(Accepting):
    """Says the same to everyone, before the text or after it."""

    def __init__(self, reply, *, at="rcpt"):
        super().__init__()
        self.reply, self.at = reply, at

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at == "rcpt":
            return self.reply
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return self.reply


class HangingUp(Accepting):
    """Drops the line: when it hears the recipient, or with the whole text in its hands."""

    def __init__(self, *, at):
        super().__init__()
        self.at = at

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at == "rcpt":
            server.transport.abort()
            await asyncio.sleep(0)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        server.transport.abort()
        await asyncio.sleep(0)
        return "250 nobody hears this"


@contextmanager
def listening(handler) -> Iterator[str]:
    """Serve on a free port in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_serve(handler, loop), loop).result(5)
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _serve(handler, loop):
    return await loop.create_server(lambda: SMTP(handler, hostname="test", loop=loop), "127.0.0.1", 0)


async def _stop(server):
    server.close()
    await server.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
