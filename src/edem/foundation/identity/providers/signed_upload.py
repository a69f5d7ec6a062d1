"""A file with a signature as it came from a person: its bytes, or a refusal that says what to send instead."""

from typing import Final

from django.core.files.uploadedfile import UploadedFile

from edem.foundation.files.upload import UnstoredUpload
from edem.kernel.errors import Invalid, Unavailable

LARGEST: Final = 1024 * 1024
"""A signature over a page of text takes ten kilobytes; with all its evidence of time and revocation, some hundreds."""
ENDINGS: Final = ".p7s,.p7m,.p7b,.sig,.asice,.asics"
"""What programs call such files; the file itself decides."""


def signed_bytes(upload: "UploadedFile[bytes]") -> bytes:
    if isinstance(upload, UnstoredUpload):
        raise Unavailable("files.no_room")
    if not upload.size:
        raise Invalid("files.empty")
    if upload.size > LARGEST:
        raise Invalid("identity.kep_file_too_big", kilobytes=LARGEST // 1024)
    content: bytes = upload.read()
    return content
