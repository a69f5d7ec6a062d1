"""The sealed address of one task, and what it opens while it lasts."""

import hmac
from base64 import b32decode, b32encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.kernel.errors import Missing
from edem.services.reports.models import Assignment, Report, TaskLink

_UUID, _SEAL = 16, 12
_LENGTH: Final = 45
"""Base32 of both, without padding."""


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    link: TaskLink
    held: Assignment
    report: Report


def token_of(link: TaskLink) -> str:
    """Short enough for an SMS; the seal keeps anybody from guessing one."""
    return _token(link.pk.bytes)


def address_of_task(community: Community, token: str) -> str:
    return address_of_page(community, f"/reports/task/{token}/")


def open_task(token: str, *, community_id: int, now: datetime) -> OpenTask:
    """Forged, expired, revoked, of another community or given away meanwhile: all the same to whoever asks."""
    found = TaskLink.objects.select_related("assignment__organisation", "assignment__report__community")
    link = found.filter(pk=_opened(token), assignment__report__community_id=community_id).order_by("pk").first()
    if link is None or link.revoked_at is not None or link.expires_at <= now:
        raise Missing("report.link_missing")
    held = link.assignment
    if held.returned_at is not None:
        raise Missing("report.link_missing")
    return OpenTask(link=link, held=held, report=held.report)


def _opened(token: str) -> UUID:
    """Base32 leaves a bit of its last letter unused: only the very address that was given opens."""
    try:
        named = b32decode(token.upper() + "===")[:_UUID] if len(token) == _LENGTH else b""
    except (Error, ValueError) as broken:
        raise Missing("report.link_missing") from broken
    if len(named) != _UUID or not hmac.compare_digest(token.lower(), _token(named)):
        raise Missing("report.link_missing")
    return UUID(bytes=named)


def _token(named: bytes) -> str:
    return b32encode(named + _sealed(named)).decode().rstrip("=").lower()


def _sealed(named: bytes) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"reports.task").derive(settings.SECRET_KEY.encode())
    return hmac.digest(key, named, "sha256")[:_SEAL]
