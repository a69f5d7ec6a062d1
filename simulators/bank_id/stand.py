"""What the stand remembers: codes given out, tokens exchanged and renewed, each with its end."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from simulators.bank_id.bank import Bank
from simulators.id_gov_ua.mischief import Mischief
from simulators.id_gov_ua.residents import Resident
from simulators.id_gov_ua.stand import Settings


@dataclass(frozen=True, kw_only=True)
class Grant:
    resident: Resident
    mischief: Mischief
    redirect_uri: str
    ends_at: float

    @property
    def holds(self) -> bool:
        return self.ends_at > time.monotonic()


@dataclass
class Stand:
    settings: Settings
    residents: Sequence[Resident]
    bank: Bank
    codes: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)
    refreshes: dict[str, Grant] = field(default_factory=dict)

    def resident(self, resident_id: str) -> Resident | None:
        return next((one for one in self.residents if one.id == resident_id), None)

    def give_code(self, resident: Resident, *, mischief: Mischief, redirect_uri: str) -> str:
        lasts = -1.0 if mischief is Mischief.EXPIRED_CODE else self.settings.code_seconds
        code, ends_at = secrets.token_urlsafe(24), time.monotonic() + lasts
        if mischief is not Mischief.REPLAYED_CODE:  # such a code has been spent by somebody before it comes back
            self.codes[code] = Grant(resident=resident, mischief=mischief, redirect_uri=redirect_uri, ends_at=ends_at)
        return code

    def take_code(self, code: str) -> Grant | None:
        """A code works once, whether or not it was still alive."""
        grant = self.codes.pop(code, None)
        return grant if grant and grant.holds else None

    def give_tokens(self, grant: Grant, *, lasts: float) -> tuple[str, str]:
        access, refresh = secrets.token_hex(32), secrets.token_hex(32)
        self.tokens[access] = replace(grant, ends_at=time.monotonic() + lasts)
        self.refreshes[refresh] = grant
        return access, refresh

    def take_refresh(self, refresh: str) -> Grant | None:
        return self.refreshes.pop(refresh, None)

    def by_token(self, access: str) -> Grant | None:
        grant = self.tokens.get(access)
        return grant if grant and grant.holds else None
