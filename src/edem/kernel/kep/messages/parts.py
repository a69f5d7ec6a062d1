"""A signed file taken apart: each signed message in it with the bytes that it is over."""

from dataclasses import dataclass

from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.asic import Container, Covered
from edem.kernel.kep.messages.binding import Signed
from edem.kernel.kep.messages.signed import SignedMessage
from edem.kernel.kep.messages.wrapping import unarmoured
from edem.kernel.kep.messages.zipped import is_archive


@dataclass(frozen=True, kw_only=True)
class Part:
    message: SignedMessage
    content: bytes
    covered: Covered | None = None
    """In a container: which files it is about."""

    @property
    def signed(self) -> Signed:
        return Signed(content=self.content, content_type=self.message.content_type)


@dataclass(frozen=True, kw_only=True)
class SignedUpload:
    parts: tuple[Part, ...]
    container: Container | None = None

    @classmethod
    def parse(cls, upload: bytes, *, content: bytes | None) -> "SignedUpload":
        """Raises Unreadable for what is no signature, and where the content is needed and not there."""
        if is_archive(upload):
            container = Container.parse(upload)
            return cls(parts=tuple(_part(covered) for covered in container.signatures), container=container)
        message = SignedMessage.parse(unarmoured(upload))
        inside = message.content if message.content is not None else content
        if inside is None:
            raise Unreadable("cms.content_needed")
        return cls(parts=(Part(message=message, content=inside),))


def _part(covered: Covered) -> Part:
    return Part(message=SignedMessage.parse(covered.signature), content=covered.content, covered=covered)
