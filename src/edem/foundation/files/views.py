"""Gives files out: pictures to be seen, everything else only to be saved, nothing ever to be run."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from edem.foundation.files.contents import content_as_given
from edem.foundation.files.models import StoredFile
from edem.foundation.files.parts import part_of
from edem.foundation.files.queries import readable_file
from edem.foundation.files.rules import KINDS, VIDEOS, Kind
from edem.foundation.files.thumbnails import CONTENT_TYPE
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@open_to(anyone)
@require_safe
def file(request: CommunityRequest, file_id: UUID, name: str) -> HttpResponseBase:
    """The name in the address is for people; the file's own name is what is sent."""
    del name
    stored = readable_file(file_id, community_id=request.community.pk, reader=request.person)
    return _given(request, stored, etag=f'"{stored.sha256}"', content=partial(_content, request, stored))


@open_to(anyone)
@require_safe
def small(request: CommunityRequest, file_id: UUID) -> HttpResponseBase:
    """The great one stands in until the job has drawn the small one."""
    stored = readable_file(file_id, community_id=request.community.pk, reader=request.person)
    if not stored.small_place:
        return _given(request, stored, etag=f'"{stored.sha256}"', content=partial(_content, request, stored))
    return _given(request, stored, etag=f'"{stored.sha256}-small"', content=partial(_small, stored))


def _given(
    request: CommunityRequest, stored: StoredFile, *, etag: str, content: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    known = get_conditional_response(request, etag=etag)
    response = known if isinstance(known, HttpResponseNotModified) else content()
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600" if stored.is_public else "private, no-store"
    return response


def _small(stored: StoredFile) -> HttpResponseBase:
    return _harmless(FileResponse(default_storage.open(stored.small_place), content_type=CONTENT_TYPE))


def _content(request: CommunityRequest, stored: StoredFile) -> HttpResponseBase:
    look = KINDS[Kind(stored.kind)]
    response = FileResponse(
        content_as_given(stored),
        as_attachment=not look.is_shown,
        filename=stored.name,
        content_type=look.content_type,
    )
    if stored.kind in VIDEOS:
        response = part_of(response, request.headers.get("Range", ""), size=stored.size)
    return _harmless(response)


def _harmless(response: FileResponse) -> HttpResponseBase:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response
