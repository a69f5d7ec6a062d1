"""To whom the people who work with reports turn for advice (the act, §5.5–5.6). Pure."""

import re
from dataclasses import dataclass

from edem.services.reports.charter import ReportCharter


@dataclass(frozen=True, kw_only=True)
class Advice:
    phone: str
    email: str
    order: str
    """Who advises and when, in the council's own words."""

    @property
    def phone_address(self) -> str:
        """What a telephone dials: an extension is told to a person, not dialled."""
        dialled = re.split(r",|[^\W\d_]", self.phone, maxsplit=1)[0]
        return "tel:" + re.sub(r"[^\d+]", "", dialled)


def advice_of(charter: ReportCharter, *, phone: str, email: str) -> Advice:
    """What the council named for its workers, else the community's own telephone and mailbox."""
    return Advice(
        phone=charter.advice_phone or phone, email=charter.advice_email or email, order=charter.advice_order or ""
    )
