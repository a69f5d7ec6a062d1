"""Letters as files: one .eml each, so that they outlive a restart and open in any mail program."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")
SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Letter:
    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["subject"] or "")

    @property
    def recipient(self) -> str:
        return str(self.message["x-envelope-to"] or self.message["to"] or "")

    @property
    def arrived_at(self) -> datetime:
        return datetime.strptime(f"{self.name.partition('-')[0]}+0000", "%Y%m%d%H%M%S%f%z")

    def body(self, kind: str) -> str:
        """Its text as "plain" or "html"; empty when it has none such."""
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


@dataclass(frozen=True)
class Mailbox:
    folder: Path

    def put(self, content: bytes, recipients: list[str], *, now: datetime) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        envelope = f"X-Envelope-To: {', '.join(recipients)}\r\n".encode()
        unfinished = self.folder / f"{uuid4().hex}.part"
        unfinished.write_bytes(envelope + content)
        unfinished.rename(self.folder / f"{now:%Y%m%d%H%M%S%f}-{uuid4().hex[:8]}.eml")

    def newest(self) -> list[Letter]:
        names = sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)
        return [letter for name in names[:SHOWN] if (letter := self.letter(name))]

    def letter(self, name: str) -> Letter | None:
        path = self.folder / f"{name}.eml"
        if not NAME.fullmatch(name) or not path.exists():
            return None
        parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
        return Letter(name=name, message=parsed) if isinstance(parsed, EmailMessage) else None
