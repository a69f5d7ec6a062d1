"""Receiving: what is larger than any file may be is counted and dropped as it comes, never stored."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from edem.foundation.files.rules import LARGEST, is_without_room

T = TypeVar("T")


class TooBigUpload(UploadedFile):  # type: ignore[type-arg]
    """Has a name and a size and nothing inside; `store_upload` refuses it by its size."""


class UnstoredUpload(UploadedFile):  # type: ignore[type-arg]
    """There was no room for it on the disk; `store_upload` says so, and the rest of the form is there."""


class RoomyUploadHandler(TemporaryFileUploadHandler):
    """Django's own, except that a full disk does not take the whole form with it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.has_room = True
        self._while_there_is_room(lambda: super(RoomyUploadHandler, self).new_file(*args, **kwargs))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._while_there_is_room(lambda: super(RoomyUploadHandler, self).receive_data_chunk(raw_data, start))

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        complete = super().file_complete
        found = self._while_there_is_room(lambda: complete(file_size))
        return found if self.has_room else UnstoredUpload(name=self.file_name, size=file_size)

    def _while_there_is_room(self, act: Callable[[], T]) -> T | None:
        if not self.has_room:
            return None
        try:
            return act()
        except OSError as full:
            if not is_without_room(full):
                raise
            self.has_room = False
            return None


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
            if isinstance(handler, TemporaryFileUploadHandler) and (begun := getattr(handler, "file", None)):
                begun.close()
