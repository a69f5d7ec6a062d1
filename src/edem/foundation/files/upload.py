"""Receiving: what is larger than any file may be is counted and dropped as it comes, never stored."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from edem.foundation.files.rules import LARGEST


class TooBigUpload(UploadedFile):  # type: ignore[type-arg]
    """Has a name and a size and nothing inside; `store_upload` refuses it by its size."""


class LimitedUploadHandler(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: keeps the others from filling the disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received = start + len(raw_data)
        return raw_data if self.received <= LARGEST else None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        if file_size <= LARGEST:
            return None
        self._close_what_others_began()
        return TooBigUpload(name=self.file_name, content_type=self.content_type, size=file_size)

    def _close_what_others_began(self) -> None:
        for handler in self.request.upload_handlers if self.request else ():
            if isinstance(handler, TemporaryFileUploadHandler):
                handler.file.close()
