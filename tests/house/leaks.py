"""Looks for secrets where they must not be: in every table as COPY writes it, in sessions, logs and addresses."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus

from django.contrib.sessions.models import Session
from django.db import connection

TABLES = """
SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
UNKEYED = ("md5", "sha1", "sha256", "sha512", "blake2b")
"""A plain hash of a tax number is the number itself: there are only ten milliards of them."""


def everything_in_the_database() -> dict[str, bytes]:
    """Table → all its rows as a dump has them; what a session packs is unpacked, for grep sees no zlib."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        dump = {}
        for table in tables:
            with cursor.copy(f"COPY {table} TO STDOUT") as rows:
                dump[table] = b"".join(bytes(part) for part in rows)
    for session in Session.objects.order_by("pk"):
        dump[f"session {session.pk}"] = json.dumps(session.get_decoded(), ensure_ascii=False).encode()
    return dump


def forms_of(secret: str) -> Iterator[tuple[str, bytes]]:
    """The ways in which a careless program writes a text."""
    plain = secret.encode()
    yield "in clear", plain
    yield "in hex", plain.hex().encode()
    yield "in \\x hex of UTF-16", secret.encode("utf-16-le").hex().encode()
    yield "as JSON escapes it", json.dumps(secret)[1:-1].encode()
    yield "as an address writes it", quote(secret).encode()
    yield "as a form writes it", quote_plus(secret).encode()
    for shift in range(3):  # wherever it stands in what was encoded, these characters of it are the same
        packed = base64.b64encode(b"\0" * shift + plain).rstrip(b"=")
        yield "in base64", packed[4 if shift else 0 : len(packed) - len(packed) % 4][:-2] or packed
    for name in UNKEYED:
        digest = hashlib.new(name, plain)
        yield f"as {name}", digest.hexdigest().encode()
        yield f"as {name} in base64", base64.b64encode(digest.digest())[:40]


def found(secrets: Mapping[str, str], where: Mapping[str, bytes]) -> Iterator[str]:
    wanted = [(what, form, needle.lower()) for what, secret in secrets.items() for form, needle in forms_of(secret)]
    for place, content in where.items():
        text, lowered = content, content.lower()
        for what, form, needle in wanted:
            if needle in lowered or needle in text:
                yield f"{what} {form} in {place}"


def joined(parts: Iterable[str]) -> bytes:
    return "\n".join(parts).encode()
