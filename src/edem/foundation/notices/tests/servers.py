"""Mail servers for the tests: each listens on a real port and behaves in its own way."""
# ruff: noqa: ARG002, N802 - aiosmtpd calls its hooks by these names, with these arguments

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from aiosmtpd.smtp import SMTP

from edem.foundation.notices.mailing import send_queued


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


class Hanging(Accepting):
    """Answers nothing any more: to the greeting, to the recipient, or with the whole text in its hands."""

    def __init__(self, *, at):
        super().__init__()
        self.at = at

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        if self.at == "greeting":
            await asyncio.Event().wait()
        return await super().handle_EHLO(server, session, envelope, hostname, responses)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at == "rcpt":
            await asyncio.Event().wait()
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        await asyncio.Event().wait()


class TakingHalf(Accepting):
    """Takes so many letters and drops the line at the next: before its text, or holding it."""

    def __init__(self, most, *, at):
        super().__init__()
        self.most, self.at = most, at

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at == "rcpt" and len(self.letters) >= self.most:
            server.transport.abort()
            await asyncio.sleep(0)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        if len(self.letters) > self.most:
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 taken"


class RefusingSome(Accepting):
    """Takes letters to all but these, on one connection."""

    def __init__(self, *refused):
        super().__init__()
        self.refused = refused

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 ok"


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


def post_office_of(settings, *, clock):
    """Say which server answers, and send what is queued to it."""

    def answer(handler, *, now=None):
        with listening(handler) as url:
            settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
            send_queued(now=now or clock())
        return handler

    return answer
