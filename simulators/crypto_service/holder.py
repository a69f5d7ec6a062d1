"""Who holds the key: made from a seed, certified by the sandbox's authority for key agreement."""

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.authority import Issued
from edem.kernel.kep.making.keys import DstuPrivateKey
from edem.kernel.kep.making.subjects import Organisation
from edem.kernel.kep.messages.enveloped import open_with
from simulators.authority import TERM, stand_authority

INSTALLATION = Organisation(title="Вишневогірська міська рада (зразкова)", edrpou="09900001")


class CannotOpen(Exception):
    """Not for this key, or spoilt."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    seed: str

    @cached_property
    def issued(self) -> Issued:
        authority = stand_authority(self.seed, name="crypto-service", site="http://127.0.0.1")
        return authority.seal(INSTALLATION, term=TERM, is_for_agreement=True)

    @property
    def key(self) -> DstuPrivateKey:
        key = self.issued.key
        assert isinstance(key, DstuPrivateKey)
        return key

    @property
    def certificate(self) -> bytes:
        return self.issued.certificate.der

    def opened(self, envelope: bytes) -> bytes:
        try:
            return open_with(envelope, key=self.key, certificate=self.issued.certificate).content
        except Unreadable as why:
            raise CannotOpen(why.code) from why

    def write_key(self, file: Path) -> None:
        """For the platform's own sandbox decryption, which needs no service."""
        said = {
            "curve": self.key.kind.curve,
            "private": f"{self.key.private:x}",
            "certificate": b64encode(self.certificate).decode(),
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(said), encoding="utf-8")
