"""What the stand remembers: codes given out, tokens exchanged, each with its end."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from urllib.parse import urlsplit

from edem.kernel.kep.making.subjects import Organisation
from simulators.authority import stand_authority
from simulators.id_gov_ua.mischief import Mischief
from simulators.id_gov_ua.residents import Resident
from simulators.sealing import Sealer

SERVICE = Organisation(title="Тестовий стенд id.gov.ua", edrpou="40000020")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True)
class Settings:
    client_id: str
    client_secret: str
    single_use_tokens: bool = True
    code_seconds: float = 60
    token_seconds: int = 3600
    slow_seconds: float = 30
    redirect_hosts: Sequence[str] = ()

    def may_redirect_to(self, address: str) -> bool:
        """A real service knows its clients' addresses; the stand allows this machine and the named hosts."""
        parts = urlsplit(address)
        host = parts.hostname or ""
        known = host in (*LOOPBACK, *self.redirect_hosts) or host.endswith(".localhost")
        return parts.scheme in ("http", "https") and known


@dataclass(frozen=True, kw_only=True)
class Grant:
    resident: Resident
    auth_type: str
    mischief: Mischief
    redirect_uri: str
    ends_at: float


@dataclass
class Stand:
    settings: Settings
    residents: Sequence[Resident]
    seed: str = "sandbox"
    codes: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)
    _making: Lock = field(default_factory=Lock)

    @cached_property
    def _sealer(self) -> Sealer:
        return Sealer.of(stand_authority(self.seed, name="id-gov-ua", site=""), SERVICE)

    @property
    def sealer(self) -> Sealer:
        """Made once, at the first encrypted answer: most stands never send one."""
        with self._making:
            return self._sealer

    def resident(self, resident_id: str) -> Resident | None:
        return next((one for one in self.residents if one.id == resident_id), None)

    def give_code(self, resident: Resident, *, auth_type: str, mischief: Mischief, redirect_uri: str) -> str:
        lasts = -1.0 if mischief is Mischief.EXPIRED_CODE else self.settings.code_seconds
        code = secrets.token_urlsafe(24)
        if mischief is Mischief.REPLAYED_CODE:  # such a code has been spent by somebody before it comes back
            return code
        self.codes[code] = Grant(
            resident=resident,
            auth_type=auth_type,
            mischief=mischief,
            redirect_uri=redirect_uri,
            ends_at=time.monotonic() + lasts,
        )
        return code

    def take_code(self, code: str) -> Grant | None:
        """A code works once, whether or not it was still alive."""
        grant = self.codes.pop(code, None)
        return grant if grant and grant.ends_at > time.monotonic() else None

    def give_token(self, grant: Grant) -> str:
        token = secrets.token_hex(32)
        self.tokens[token] = grant
        return token

    def take_token(self, token: str, *, user_id: str) -> Grant | None:
        grant = self.tokens.get(token)
        if grant is None or grant.resident.id != user_id or grant.mischief is Mischief.EXPIRED_TOKEN:
            return None
        if self.settings.single_use_tokens:
            del self.tokens[token]
        return grant
