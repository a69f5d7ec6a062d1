"""A petition's files as its pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from edem.foundation.files.queries import address_of_file
from edem.foundation.files.rules import IMAGES, Kind
from edem.services.petitions.models import Attachment, Petition


@dataclass(frozen=True, kw_only=True)
class FileShown:
    """One file: the words its author gave it, its kind and size, and where it opens."""

    pk: int
    title: str = ""
    kind: str = ""
    size: str = ""
    url: str = ""
    is_picture: bool = False
    is_hidden: bool = False
    ground: str = ""


def files_of(petition: Petition) -> Sequence[FileShown]:
    """In the author's order. What a moderator hid keeps its line, without the file."""
    return [shown(each) for each in attachments_on(petition)]


def attachments_on(petition: Petition) -> Sequence[Attachment]:
    return list(petition.attachments.select_related("file").order_by("place", "pk"))


def shown(attachment: Attachment) -> FileShown:
    file = attachment.file
    if file is None or attachment.hidden_at is not None:
        return FileShown(pk=attachment.pk, is_hidden=True, ground=attachment.hidden_ground)
    return FileShown(
        pk=attachment.pk,
        title=attachment.title,
        kind=file.kind.upper(),
        size=filesizeformat(file.size),
        url=address_of_file(file),
        is_picture=Kind(file.kind) in IMAGES,
    )
