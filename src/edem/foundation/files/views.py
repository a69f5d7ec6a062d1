"""Gives files out: pictures to be seen, everything else only to be saved, nothing ever to be run."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from edem.foundation.files.models import StoredFile
from edem.foundation.files.queries import readable_file
from edem.foundation.files.rules import KINDS, Kind
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@open_to(anyone)
@require_safe
def file(request: CommunityRequest, file_id: UUID, name: str) -> HttpResponseBase:
    """The name in the address is for people; the file's own name is what is sent."""
    del name
    stored = readable_file(file_id, community_id=request.community.pk, reader=request.person)
    etag = f'"{stored.sha256}"'
    known = get_conditional_response(request, etag=etag)
    response = known if isinstance(known, HttpResponseNotModified) else _content(stored)
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600" if stored.is_public else "private, no-store"
    return response


def _content(stored: StoredFile) -> HttpResponseBase:
    look = KINDS[Kind(stored.kind)]
    response = FileResponse(
        default_storage.open(stored.place),
        as_attachment=not look.is_shown,
        filename=stored.name,
        content_type=look.content_type,
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response
