"""A part of a video, as players ask for it (RFC 9110, 14): without it Safari shows nothing and nobody can skip."""

import re
from collections.abc import Iterator
from typing import IO, Final

from django.http import FileResponse

_ONE_RANGE: Final = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?")
_BLOCK: Final = 64 * 1024
PARTIAL, UNSATISFIABLE = 206, 416


def part_of(response: FileResponse, asked: str, *, size: int) -> FileResponse:
    """Several ranges, or one counted from the end, are answered with the whole, as the standard allows."""
    response["Accept-Ranges"] = "bytes"
    found = _ONE_RANGE.fullmatch(asked)
    if not found:
        return response
    first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    if first > last:
        response.status_code = UNSATISFIABLE
        response["Content-Range"] = f"bytes */{size}"
        response.streaming_content = iter(())
        response["Content-Length"] = "0"
        return response
    whole = response.file_to_stream
    assert whole is not None
    whole.seek(first)
    response.status_code = PARTIAL
    response.streaming_content = _blocks(whole, last - first + 1)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _blocks(file: "IO[bytes]", left: int) -> Iterator[bytes]:
    while left > 0 and (block := file.read(min(_BLOCK, left))):
        left -= len(block)
        yield block
