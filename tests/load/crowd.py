"""A crowd that does not mind a dying server: each caller asks once and says what it heard, or that it heard nothing."""

import asyncio
from collections.abc import Sequence


async def ask(port: int, request: bytes) -> int | None:
    """The answer's status; None when the connection broke before there was one."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return None
    try:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        return int(head[9:12])
    except (OSError, asyncio.IncompleteReadError):
        return None
    finally:
        writer.close()


async def ask_all(port: int, requests: Sequence[bytes]) -> list[int | None]:
    return list(await asyncio.gather(*(ask(port, request) for request in requests)))


def touch(person: int, *, subject: int) -> bytes:
    """The test door's one mass act."""
    body = f'{{"subject":{subject}}}'
    return (
        "POST /misto/acts/touch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Sec-Fetch-Site: same-origin\r\nCookie: edem_pass={person}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
